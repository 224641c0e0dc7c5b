package io.fincore.api;

import io.fincore.workflows.activation.AccountActivationWorkflow;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.activation.ActivationState;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.activation.KycAnswer;
import io.fincore.workflows.activation.KycReport;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the activation saga. The metadata's "check" tells what happens: "approved" completes, "broken" fails by a fault of ours,
 * "late" writes nothing before the provider reports; any other one waits for the provider.
 */
public final class FakeActivationWorkflow implements AccountActivationWorkflow {

    private final FakeActivities rows = Workflow.newLocalActivityStub(
            FakeActivities.class,
            LocalActivityOptions.newBuilder()
                    .setStartToCloseTimeout(Duration.ofSeconds(5))
                    .build());
    private final ActivationOrder order;
    private ActivationStatus status = ActivationStatus.PENDING;
    private boolean accepted;
    private @Nullable KycAnswer answer;

    @WorkflowInit
    public FakeActivationWorkflow(ActivationOrder order) {
        this.order = order;
    }

    @Override
    public ActivationStatus run(ActivationOrder given) {
        String check = Objects.requireNonNullElse(order.metadata().get("check"), "");
        if (check.equals("late")) {
            Workflow.await(() -> answer != null);
        }
        rows.createActivation(order);
        switch (check) {
            case "approved" -> write(ActivationStatus.COMPLETED, null, null);
            case "broken" -> write(ActivationStatus.FAILED, "internal_error", "no fault of yours");
            default -> decided();
        }
        accepted = true;
        Workflow.await(Workflow::isEveryHandlerFinished);
        return status;
    }

    private void decided() {
        accepted = true;
        while (!status.isTerminal()) {
            Workflow.await(() -> answer != null);
            KycAnswer said = Objects.requireNonNull(answer);
            answer = null;
            switch (said) {
                case KycAnswer.Approved approved -> write(ActivationStatus.COMPLETED, null, null);
                case KycAnswer.Rejected rejected -> write(ActivationStatus.REJECTED, "kyc_rejected", rejected.reason());
                case KycAnswer.Referred referred -> write(ActivationStatus.IN_REVIEW, null, null);
                case KycAnswer.Pending pending -> {}
                case KycAnswer.NotKnown notKnown -> {}
            }
        }
    }

    private void write(ActivationStatus next, @Nullable String code, @Nullable String detail) {
        rows.writeActivation(order, next, code, detail);
        status = next;
    }

    @Override
    public ActivationStatus awaitAcceptance() {
        Workflow.await(() -> accepted);
        return status;
    }

    @Override
    public void kycReported(KycReport report) {
        answer = report.answer();
    }

    @Override
    public InterventionStatus intervene(InterventionOrder intervention) {
        throw ApplicationFailure.newNonRetryableFailure("nothing is possible", "INTERVENTION_NOT_POSSIBLE");
    }

    @Override
    public InterventionStatus approveIntervention(InterventionApproval approval) {
        throw ApplicationFailure.newNonRetryableFailure("nothing waits", "INTERVENTION_UNKNOWN");
    }

    @Override
    public ActivationState state() {
        return new ActivationState(
                order.activationId(), order.customerId(), order.walletId(), "kyc.verify", "the provider");
    }
}
