package io.fincore.workflows.compliance;

import io.fincore.workflows.ActivityPolicies;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.InternalSteps;
import io.fincore.workflows.SagaAttributes;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.payment.DecisionActivities;
import io.fincore.workflows.payment.LedgerActivities;
import io.fincore.workflows.payment.PaymentStep;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A compliance case: waits for a decision, records it, and takes back the payment's hold if it was against the payment. */
public final class ComplianceCaseWorkflowImpl implements ComplianceCaseWorkflow {

    private static final int ROUND = 1;
    private static final String SYSTEM = "system";

    private final CaseOrder order;
    private final InternalSteps<ComplianceCaseActivities> cases = new InternalSteps<>(ComplianceCaseActivities.class);
    private final InternalSteps<LedgerActivities> ledger = new InternalSteps<>(LedgerActivities.class);
    private final InternalSteps<DecisionActivities> decisions = new InternalSteps<>(DecisionActivities.class);
    private @Nullable Closing closing;
    private @Nullable CaseVerdict recorded;

    private record Closing(CaseVerdict verdict, String actor, String note) {}

    @WorkflowInit
    public ComplianceCaseWorkflowImpl(CaseOrder order) {
        this.order = order;
    }

    @Override
    public CaseVerdict run(CaseOrder sameOrder) {
        // Cancelling the case in the Web UI decides nothing; it is withdrawn with its payment only.
        CaseVerdict[] verdict = new CaseVerdict[1];
        CancellationScope detached = Workflow.newDetachedCancellationScope(() -> verdict[0] = decide());
        detached.run();
        return verdict[0];
    }

    private CaseVerdict decide() {
        show("RUNNING", "an officer approves or rejects the payment `" + order.paymentId() + "`");
        Duration untilDeadline = Duration.between(Instant.ofEpochMilli(Workflow.currentTimeMillis()), order.deadline());
        Workflow.await(untilDeadline, () -> closing != null);
        Closing decided = closing == null
                ? new Closing(CaseVerdict.EXPIRED, SYSTEM, "Nobody resolved the case before its deadline.")
                : closing;
        closing = decided;

        StepKey resolve = key(1, "case.resolve");
        // A case that was lost and opened again may be decided already: what was recorded first counts.
        CaseVerdict verdict = untilDone(() -> cases.takeAfterUpdate(
                resolve.name(),
                c -> c.resolve(resolve, order.caseId(), decided.verdict(), decided.actor(), decided.note())));
        recorded = verdict;
        switch (verdict) {
            case APPROVED, WITHDRAWN -> {}
            case REJECTED, EXPIRED -> rejectPayment(decided);
        }
        show("SUCCEEDED", "nothing, the case is " + verdict);
        Workflow.await(Workflow::isEveryHandlerFinished);
        return verdict;
    }

    private void rejectPayment(Closing decided) {
        StepKey reject = key(2, "payment.mark-rejected");
        finish(() -> cases.run(reject.name(), c -> c.markPaymentRejected(reject, order.paymentId(), decided.note())));
        StepKey releaseLimit = PaymentStep.EVALUATE.key(order.paymentId()).undoneBy("decision.release-limit");
        finish(() -> decisions.run(releaseLimit.name(), d -> d.releaseLimit(releaseLimit, order.paymentId())));
        StepKey release = PaymentStep.HOLD.key(order.paymentId()).undoneBy("ledger.release");
        finish(() -> ledger.run(release.name(), l -> l.release(release, order.paymentId())));
    }

    @Override
    public CaseVerdict resolve(CaseResolution resolution) {
        // Refused here and not in a validator: a validator's failure reaches the client without its type.
        if (resolution.resolver().equals(order.paymentCreator())) {
            throw FailureType.CASE_RESOLVER_IS_CREATOR.nonRetryable("who ordered the payment cannot resolve its case");
        }
        if (closing != null) {
            throw FailureType.CASE_ALREADY_RESOLVED.nonRetryable("the case is " + closing.verdict() + " already");
        }
        Closing decided = new Closing(
                resolution.approve() ? CaseVerdict.APPROVED : CaseVerdict.REJECTED,
                resolution.resolver(),
                resolution.note());
        closing = decided;
        Workflow.await(() -> recorded != null);
        return Objects.requireNonNull(recorded);
    }

    @Override
    public void withdraw(String actor) {
        if (closing == null) {
            closing = new Closing(CaseVerdict.WITHDRAWN, actor, "The payment was cancelled.");
        }
    }

    @Override
    public CaseState state() {
        return new CaseState(order.caseId(), order.paymentId(), closing == null ? null : closing.verdict());
    }

    private void finish(Runnable step) {
        untilDone(() -> {
            step.run();
            return true;
        });
    }

    private <R> R untilDone(Supplier<R> step) {
        while (true) {
            try {
                return step.get();
            } catch (ActivityFailure failure) {
                show(SagaStatus.REQUIRES_MANUAL_INTERVENTION.name(), "an operator: " + FailureType.describe(failure));
                Workflow.sleep(ActivityPolicies.MANUAL_INTERVENTION_PAUSE);
            }
        }
    }

    private void show(String sagaStatus, String next) {
        Workflow.upsertTypedSearchAttributes(SagaAttributes.SAGA_STATUS.valueSet(sagaStatus));
        Workflow.setCurrentDetails("Case `" + order.caseId() + "` on payment `" + order.paymentId() + "`: "
                + String.join(", ", order.reasons()) + "\n\nNext: " + next);
    }

    private StepKey key(int number, String name) {
        return new StepKey(ComplianceCaseWorkflow.workflowId(order.caseId()), ROUND, number, name);
    }
}
