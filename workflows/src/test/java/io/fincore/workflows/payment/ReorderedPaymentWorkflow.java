package io.fincore.workflows.payment;

import io.fincore.workflows.ActivityPolicies;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.bank.BankActivities;
import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionDesk;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Payments that take the right steps in a wrong order: nothing that may replace the real one while payments are under way. */
public abstract class ReorderedPaymentWorkflow implements PaymentWorkflow {

    /** The money is held before the payment is decided on. */
    public static final class HoldBeforeDecision extends ReorderedPaymentWorkflow {
        @Override
        void take(PaymentSteps steps, PaymentOrder order) {
            steps.create();
            steps.hold();
            steps.evaluate();
            steps.markProcessing();
            send(order);
        }
    }

    /** Two steps without a result, after a refused hold, change places: what the history has to say fits both. */
    public static final class LimitBeforeMoney extends ReorderedPaymentWorkflow {
        @Override
        void take(PaymentSteps steps, PaymentOrder order) {
            steps.create();
            steps.evaluate();
            HoldResult.Refused refused = (HoldResult.Refused) steps.hold();
            steps.releaseLimit();
            steps.release();
            steps.end(Ending.failed(refused.code(), refused.detail()));
        }
    }

    /** The bank is asked while nothing is decided. */
    public static final class SendBeforeDecision extends ReorderedPaymentWorkflow {
        @Override
        void take(PaymentSteps steps, PaymentOrder order) {
            steps.create();
            send(order);
            steps.evaluate();
            steps.hold();
            steps.markProcessing();
        }
    }

    private boolean accepted;

    abstract void take(PaymentSteps steps, PaymentOrder order);

    @Override
    public PaymentStatus run(PaymentOrder order) {
        PaymentProgress progress = new PaymentProgress(order);
        PaymentSteps steps = new PaymentSteps(
                order,
                progress,
                new InterventionDesk(SagaKind.PAYMENT, order.paymentId(), progress),
                () -> Duration.ofMinutes(1));
        take(steps, order);
        accepted = true;
        Workflow.await(Workflow::isEveryHandlerFinished);
        return PaymentStatus.FAILED;
    }

    static void send(PaymentOrder order) {
        Workflow.newActivityStub(BankActivities.class, ActivityPolicies.bank("bank.send"))
                .send(PaymentStep.SEND.key(order.paymentId()), order.paymentId(), 1, order.deadline());
    }

    @Override
    public PaymentStatus awaitAcceptance() {
        Workflow.await(() -> accepted);
        return PaymentStatus.FAILED;
    }

    @Override
    public CancellationOutcome cancel(CancellationRequest request) {
        return new CancellationOutcome(false, PaymentStatus.PROCESSING);
    }

    @Override
    public void bankReported(BankReport report) {}

    @Override
    public InterventionStatus intervene(InterventionOrder order) {
        throw new UnsupportedOperationException("nobody repairs a replayed payment");
    }

    @Override
    public InterventionStatus approveIntervention(InterventionApproval approval) {
        throw new UnsupportedOperationException("nobody repairs a replayed payment");
    }

    @Override
    public PaymentState state() {
        throw new UnsupportedOperationException("nobody asks a replayed payment");
    }
}
