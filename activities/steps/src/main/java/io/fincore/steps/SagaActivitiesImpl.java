package io.fincore.steps;

import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.refund.RefundStatus;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.fincore.workflows.repair.SagaActivities;
import io.fincore.workflows.repair.SagaStand;
import io.temporal.activity.Activity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class SagaActivitiesImpl implements SagaActivities {

    private static final Logger LOG = LoggerFactory.getLogger(SagaActivitiesImpl.class);
    private static final String SYSTEM = "system";

    /** In the payment's history, which clients read; the cause is on the saga's record, for operators. */
    private static final String WORDS = "an operator looks at the payment";

    private final StepRecorder steps;
    private final SagaStore sagas;
    private final PaymentStore payments;
    private final RefundStore refunds;
    private final ActivationStore activations;

    SagaActivitiesImpl(
            StepRecorder steps,
            SagaStore sagas,
            PaymentStore payments,
            RefundStore refunds,
            ActivationStore activations) {
        this.steps = steps;
        this.sagas = sagas;
        this.payments = payments;
        this.refunds = refunds;
        this.activations = activations;
    }

    @Override
    public void requireManualIntervention(
            StepKey step, SagaKind kind, String subjectId, InterventionCause cause, String detail) {
        LOG.error("{} requires manual intervention: {} ({})", subjectId, detail, cause);
        own().unrecorded("saga.require-manual-intervention", () -> {
            if (sagas.needsPerson(kind, subjectId, cause, detail)) {
                showOnSubject(kind, subjectId, cause);
                sagas.publishAlert(kind, subjectId, step.name(), cause, detail);
            }
        });
    }

    private void showOnSubject(SagaKind kind, String subjectId, InterventionCause cause) {
        switch (kind) {
            case PAYMENT -> {
                // What still fails after a payment's end does not change how it ended.
                if (!PaymentStatus.ofCode(payments.get(subjectId).status()).isTerminal()) {
                    payments.changeStatus(subjectId, PaymentStatus.REQUIRES_MANUAL_INTERVENTION, WORDS, SYSTEM);
                }
            }
            case REFUND -> {
                if (!RefundStatus.ofCode(refunds.get(subjectId).status()).isTerminal()) {
                    refunds.changeStatus(subjectId, RefundStatus.REQUIRES_MANUAL_INTERVENTION);
                }
            }
            // The case's own status says whether it has a verdict; a referred customer is in review already.
            case COMPLIANCE_CASE -> {}
            case ACCOUNT_ACTIVATION -> {
                if (cause != InterventionCause.KYC_REFERRED) {
                    activations.changeStatus(subjectId, ActivationStatus.REQUIRES_MANUAL_INTERVENTION);
                }
            }
        }
    }

    @Override
    public void goOn(SagaKind kind, String subjectId, SagaStatus status) {
        own().unrecorded("saga.go-on", () -> {
            if (sagas.needsNobody(kind, subjectId, status)) {
                showOnSubjectAgain(kind, subjectId);
            }
        });
    }

    private void showOnSubjectAgain(SagaKind kind, String subjectId) {
        switch (kind) {
            case PAYMENT -> payments.changeStatusBack(subjectId, PaymentStatus.REQUIRES_MANUAL_INTERVENTION, SYSTEM);
            case REFUND -> {
                if (refunds.get(subjectId).status().equals(RefundStatus.REQUIRES_MANUAL_INTERVENTION.code())) {
                    refunds.changeStatus(subjectId, RefundStatus.PENDING);
                }
            }
            case COMPLIANCE_CASE -> {}
            case ACCOUNT_ACTIVATION -> {
                if (activations.get(subjectId).status().equals(ActivationStatus.REQUIRES_MANUAL_INTERVENTION.code())) {
                    activations.changeStatus(subjectId, ActivationStatus.PENDING);
                }
            }
        }
    }

    /** Whose own doing it is, as far as nobody ordered it. */
    private StepRecorder own() {
        return steps.of(Activity.getExecutionContext().getInfo().getWorkflowId());
    }

    @Override
    public void recordIntervention(
            String workflowId, InterventionOrder order, InterventionStatus status, SagaStand before) {
        steps.orderedBy(order.actor()).unrecorded("saga.record-intervention", () -> sagas.recordIntervention(workflowId, order, status, before));
    }

    @Override
    public void approveIntervention(InterventionApproval approval) {
        steps.orderedBy(approval.actor()).unrecorded("saga.approve-intervention", () -> sagas.approveIntervention(approval));
    }

    @Override
    public void concludeIntervention(String interventionId, SagaStand after) {
        own().unrecorded("saga.conclude-intervention", () -> sagas.concludeIntervention(interventionId, after));
    }
}
