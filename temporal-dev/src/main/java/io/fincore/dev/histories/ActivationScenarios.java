package io.fincore.dev.histories;

import io.fincore.dev.payments.Payer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.simulator.KycBehaviour;
import io.fincore.dev.stack.Stack;
import io.fincore.money.Currency;
import io.fincore.workflows.activation.AccountActivationWorkflow;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.activation.KycAnswer;
import io.fincore.workflows.activation.KycReport;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.Resolution;
import java.time.Duration;

/** Activations that together take every path through their saga. */
final class ActivationScenarios extends SagaScenarios {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    ActivationScenarios(Stack stack, TemporalPayments payments) {
        super(stack, payments);
    }

    @Override
    void begin() {
        activate("approved", KycBehaviour.APPROVES_AT_ONCE, AN_HOUR, ActivationStatus.COMPLETED);
        activate("rejected", KycBehaviour.REJECTS, AN_HOUR, ActivationStatus.REJECTED);
        activate("found-by-inquiry", KycBehaviour.NEVER_CALLS_BACK, AN_HOUR, ActivationStatus.COMPLETED);
        reportedByCallback();
        activate("not-decided", KycBehaviour.DOWN, Duration.ofSeconds(3), ActivationStatus.FAILED);
        referred("referred-then-approved", Resolution.APPROVED, ActivationStatus.COMPLETED);
        referred("referred-then-rejected", Resolution.REJECTED, ActivationStatus.REJECTED);
        awaitEnds();
        Broken ledger = new Broken(stack, "activate_wallet");
        activate("wallet-not-activated", KycBehaviour.APPROVES_AT_ONCE, AN_HOUR, ActivationStatus.FAILED);
        awaitEnds();
        ledger.mend();
    }

    /** The callbacks are ours: the simulator's go to an API that does not run here. */
    private void reportedByCallback() {
        ActivationOrder order =
                activate("reported-twice", KycBehaviour.NEVER_CALLS_BACK, AN_HOUR, ActivationStatus.COMPLETED);
        KycReport report = new KycReport("event-1", new KycAnswer.Approved("KYC-1"));
        AccountActivationWorkflow workflow =
                payments.client().newWorkflowStub(AccountActivationWorkflow.class, workflowId(order));
        workflow.kycReported(report);
        workflow.kycReported(report);
    }

    private void referred(String path, Resolution resolution, ActivationStatus end) {
        String workflowId = workflowId(activate(path, KycBehaviour.REFERS, AN_HOUR, end));
        awaitPerson(workflowId);
        order(workflowId, InterventionAction.RESOLVE, resolution);
    }

    private ActivationOrder activate(
            String path, KycBehaviour behaviour, Duration untilDeadline, ActivationStatus end) {
        ActivationOrder order = Payer.unknown(behaviour.customerName(), new Currency("EUR"), stack.postgres())
                .activation(untilDeadline);
        payments.accept(order);
        expect("activation-" + path, workflowId(order), end.code());
        return order;
    }

    private static String workflowId(ActivationOrder order) {
        return AccountActivationWorkflow.workflowId(order.activationId());
    }
}
