package io.fincore.workflows.activation;

import io.fincore.workflows.Compensations;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.SagaAttributes;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.InterventionDesk;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.fincore.workflows.repair.SagaView;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The account activation saga; reads from top to bottom as the activation goes. */
public final class AccountActivationWorkflowImpl implements AccountActivationWorkflow {

    private final ActivationOrder order;
    private final SagaView view;
    private final InterventionDesk desk;
    private final ActivationSteps steps;
    private final KycCheck check;
    private final Compensations compensations = new Compensations();
    private ActivationStatus status = ActivationStatus.PENDING;
    private boolean accepted;

    @WorkflowInit
    public AccountActivationWorkflowImpl(ActivationOrder order) {
        this.order = order;
        this.view = new SagaView(
                headline(),
                ActivationStep.VERIFY.stepName(),
                List.of(
                        SagaAttributes.CUSTOMER_ID.valueSet(order.customerId()),
                        SagaAttributes.CORRELATION_ID.valueSet(order.correlationId())));
        this.desk = new InterventionDesk(SagaKind.ACCOUNT_ACTIVATION, order.activationId(), view);
        this.steps = new ActivationSteps(order, view, desk);
        this.check = new KycCheck(order, steps, desk, view);
    }

    @Override
    public ActivationStatus run(ActivationOrder sameOrder) {
        // Cancelling the workflow in the Web UI decides nothing about a customer: it runs to its end, or its deadline.
        Workflow.newDetachedCancellationScope(this::activate).run();
        return status;
    }

    private void activate() {
        try {
            steps.create(timeLeft());
            accepted = true;
            view.reached(headline(), SagaStatus.RUNNING, "the provider's decision");
            switch (check.result()) {
                case KycCheck.Result.Passed passed -> openWallet(passed.answer());
                case KycCheck.Result.NotPassed notPassed -> end(notPassed.ending());
            }
        } catch (ActivityFailure failure) {
            view.note(view.step(), FailureType.describe(failure));
            end(ActivationEnding.internalError());
        }
        accepted = true;
        Workflow.await(Workflow::isEveryHandlerFinished);
        desk.close();
    }

    /** Steps 2 to 4. */
    private void openWallet(KycAnswer.Approved answer) {
        try {
            compensations.add("kyc.revoke", steps::revoke);
            steps.approve(answer);
            compensations.add("customer.restore", steps::restoreCustomer);
            steps.markVerified();
            switch (steps.activateWallet()) {
                case WalletActivation.Activated activated ->
                    reached(ActivationStatus.COMPLETED, SagaStatus.SUCCEEDED, "nothing, the wallet is active");
                case WalletActivation.Refused refused ->
                    compensate(ActivationEnding.failed("wallet_not_activated", refused.detail()));
            }
        } catch (ActivityFailure failure) {
            view.note(view.step(), FailureType.describe(failure));
            compensate(ActivationEnding.internalError());
        }
    }

    private void compensate(ActivationEnding ending) {
        List<String> failures = compensations.run();
        while (!failures.isEmpty()) {
            desk.rest(
                    ActivationStep.MARK_VERIFIED.key(order.activationId()),
                    InterventionCause.COMPENSATION_FAILED,
                    "not undone: " + String.join("; ", failures));
            failures = compensations.run();
        }
        end(ending);
    }

    private void end(ActivationEnding ending) {
        steps.end(ending);
        reached(ending.status(), SagaStatus.FAILED, "nothing, the wallet is not active");
    }

    private void reached(ActivationStatus reached, SagaStatus saga, String next) {
        status = reached;
        view.reached(headline(), saga, next);
    }

    @Override
    public ActivationStatus awaitAcceptance() {
        Workflow.await(() -> accepted);
        return status;
    }

    @Override
    public InterventionStatus intervene(InterventionOrder intervention) {
        return desk.order(intervention);
    }

    @Override
    public InterventionStatus approveIntervention(InterventionApproval approval) {
        return desk.approve(approval);
    }

    @Override
    public void kycReported(KycReport report) {
        check.reported(report);
    }

    @Override
    public ActivationState state() {
        return new ActivationState(
                order.activationId(), order.customerId(), order.walletId(), view.step(), view.next());
    }

    private String headline() {
        return "Activation of `" + order.walletId() + "` for `" + order.customerId() + "` — **" + status.code() + "**";
    }

    /** At least a moment, so that the step is tried once even when the deadline has passed. */
    private Duration timeLeft() {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        Duration left = Duration.between(now, order.deadline());
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
    }
}
