package io.fincore.workflows.refund;

import io.fincore.workflows.FailureType;
import io.fincore.workflows.SagaAttributes;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankAnswers;
import io.fincore.workflows.bank.BankConversation;
import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionDesk;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.fincore.workflows.repair.SagaView;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The refund saga; reads from top to bottom as the refund goes. */
public final class RefundWorkflowImpl implements RefundWorkflow {

    private final RefundOrder order;
    private final SagaView view;
    private final InterventionDesk desk;
    private final RefundSteps steps;
    private final RefundGuard guard;
    private final BankAnswers answers = new BankAnswers();
    private RefundStatus status = RefundStatus.PENDING;
    private @Nullable RefundAcceptance acceptance;

    @WorkflowInit
    public RefundWorkflowImpl(RefundOrder order) {
        this.order = order;
        this.view = new SagaView(
                headline(),
                RefundStep.CREATE.stepName(),
                List.of(SagaAttributes.CORRELATION_ID.valueSet(order.correlationId())));
        this.desk = new InterventionDesk(SagaKind.REFUND, order.refundId(), view);
        this.steps = new RefundSteps(order, view, desk);
        this.guard = new RefundGuard(steps);
    }

    @Override
    public RefundStatus run(RefundOrder sameOrder) {
        // Cancelling the workflow in the Web UI is a request like any other: it never tears the saga apart.
        CancellationScope.current().getCancellationRequest().thenApply(reason -> {
            guard.cancel();
            return reason;
        });
        Workflow.newDetachedCancellationScope(this::refund).run();
        return status;
    }

    private void refund() {
        try {
            switch (steps.create(timeLeft())) {
                case RefundReservation.Reserved reserved -> {
                    view.reached(headline(), SagaStatus.RUNNING, "the bank's answer");
                    acceptance = new RefundAcceptance(null);
                    askBank();
                }
                case RefundReservation.Refused refused -> {
                    reached(RefundStatus.FAILED, SagaStatus.FAILED, "nothing, no refund was created");
                    acceptance = new RefundAcceptance(refused);
                }
            }
        } catch (ActivityFailure failure) {
            // Whether it was created is not known: it is undone, and a late attempt finds that.
            view.note(RefundStep.CREATE.stepName(), FailureType.describe(failure));
            RefundEnding ending = RefundEnding.internalError();
            fail(ending);
            acceptance = new RefundAcceptance(new RefundReservation.Refused(ending.code(), ending.detail()));
        }
        Workflow.await(Workflow::isEveryHandlerFinished);
        desk.close();
    }

    private void askBank() {
        BankConversation bank = new BankConversation(steps, guard, answers, desk, view, order.deadline());
        switch (bank.finalAnswer()) {
            case BankAnswer.Settled settled -> {
                // The bank has paid: from here on nothing is undone, and nothing given up.
                steps.postReversal(settled);
                steps.markRefunded();
                reached(RefundStatus.COMPLETED, SagaStatus.SUCCEEDED, "nothing, the money is back in the wallet");
            }
            case BankAnswer.Rejected rejected -> fail(RefundEnding.refusedByBank(rejected));
            case BankAnswer.NeverSent never -> fail(guard.ending());
            case BankAnswer.Accepted open -> throw new IllegalStateException("not final: " + open);
            case BankAnswer.Unknown open -> throw new IllegalStateException("not final: " + open);
            case BankAnswer.NotKnown open -> throw new IllegalStateException("not final: " + open);
        }
        bank.compareLateAnswers();
    }

    private void fail(RefundEnding ending) {
        steps.end(ending);
        reached(RefundStatus.FAILED, SagaStatus.FAILED, "nothing, no money has moved");
    }

    private void reached(RefundStatus reached, SagaStatus saga, String next) {
        status = reached;
        view.reached(headline(), saga, next);
    }

    @Override
    public RefundAcceptance awaitAcceptance() {
        Workflow.await(() -> acceptance != null);
        return Objects.requireNonNull(acceptance);
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
    public void bankReported(BankReport report) {
        answers.reported(report);
    }

    @Override
    public RefundState state() {
        RefundStatus shown = view.sagaStatus() == SagaStatus.REQUIRES_MANUAL_INTERVENTION
                ? RefundStatus.REQUIRES_MANUAL_INTERVENTION
                : status;
        return new RefundState(order.refundId(), order.paymentId(), shown, view.step(), view.next());
    }

    private String headline() {
        Object amount = order.amount() == null ? "the remainder" : order.amount();
        return "Refund of " + amount + " of `" + order.paymentId() + "` — **" + status.code() + "**";
    }

    /** At least a moment, so that the step is tried once even when the deadline has passed. */
    private Duration timeLeft() {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        Duration left = Duration.between(now, order.deadline());
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
    }
}
