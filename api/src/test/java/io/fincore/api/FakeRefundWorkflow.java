package io.fincore.api;

import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.refund.RefundAcceptance;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundReservation;
import io.fincore.workflows.refund.RefundState;
import io.fincore.workflows.refund.RefundStatus;
import io.fincore.workflows.refund.RefundWorkflow;
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
 * Stands in for the refund saga. The reason tells what happens: "Returned" completes, "Beaten" finds that other refunds have taken the
 * money, "Broken" fails before anything is created, "Late" writes nothing before the bank reports, "Late and beaten" finds then that
 * there is nothing left, "Late and broken" fails then; any other one waits for the bank.
 */
public final class FakeRefundWorkflow implements RefundWorkflow {

    private static final RefundReservation.Refused BEATEN = new RefundReservation.Refused(
            "refund_exceeds_remainder", "More than is left of the payment: EUR 0.50 can still be refunded.");

    private final FakeActivities rows = Workflow.newLocalActivityStub(
            FakeActivities.class,
            LocalActivityOptions.newBuilder()
                    .setStartToCloseTimeout(Duration.ofSeconds(5))
                    .build());
    private final RefundOrder order;
    private @Nullable RefundAcceptance acceptance;
    private @Nullable BankAnswer bank;

    @WorkflowInit
    public FakeRefundWorkflow(RefundOrder order) {
        this.order = order;
    }

    @Override
    public RefundStatus run(RefundOrder given) {
        String reason = Objects.requireNonNullElse(order.reason(), "");
        RefundStatus end = switch (reason) {
            case "Beaten" -> refused();
            case "Broken" -> givenUp();
            case "Late", "Late and beaten", "Late and broken" -> {
                Workflow.await(() -> bank != null);
                yield switch (reason) {
                    case "Late and beaten" -> refused();
                    case "Late and broken" -> givenUp();
                    default -> created(false);
                };
            }
            default -> created(reason.equals("Returned"));
        };
        Workflow.await(Workflow::isEveryHandlerFinished);
        return end;
    }

    private RefundStatus refused() {
        rows.refuseRefund(order, BEATEN);
        acceptance = new RefundAcceptance(BEATEN);
        return RefundStatus.FAILED;
    }

    private RefundStatus givenUp() {
        rows.giveUpRefund(order);
        acceptance = new RefundAcceptance(new RefundReservation.Refused("internal_error", "no fault of yours"));
        return RefundStatus.FAILED;
    }

    private RefundStatus created(boolean returned) {
        rows.createRefund(order);
        if (!returned) {
            acceptance = new RefundAcceptance(null);
            Workflow.await(() -> bank != null);
        }
        if (returned || bank instanceof BankAnswer.Settled) {
            rows.completeRefund(order);
            acceptance = new RefundAcceptance(null);
            return RefundStatus.COMPLETED;
        }
        rows.failRefund(order, "bank_rejected", "CUST: the creditor does not agree");
        return RefundStatus.FAILED;
    }

    @Override
    public RefundAcceptance awaitAcceptance() {
        Workflow.await(() -> acceptance != null);
        return Objects.requireNonNull(acceptance);
    }

    @Override
    public void bankReported(BankReport report) {
        if (report.answer().isFinal()) {
            bank = report.answer();
        }
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
    public RefundState state() {
        return new RefundState(order.refundId(), order.paymentId(), RefundStatus.PENDING, "bank.refund", "the bank");
    }
}
