package io.fincore.api;

import io.fincore.workflows.SagaKind;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.payment.CancellationOutcome;
import io.fincore.workflows.payment.CancellationRequest;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentState;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentStep;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.InterventionDesk;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.fincore.workflows.repair.Resolution;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the saga. The creditor's name tells what happens: "Settled" completes, "Poor" fails for want of funds, "Reviewed" opens
 * a case, "Sent" can no longer be cancelled, "Late" writes no row before the bank reports, "Stuck" needs an operator who tells what the
 * bank did; any other one waits for the bank.
 */
public final class FakePaymentWorkflow implements PaymentWorkflow {

    private final FakeActivities rows = Workflow.newLocalActivityStub(
            FakeActivities.class,
            LocalActivityOptions.newBuilder()
                    .setStartToCloseTimeout(Duration.ofSeconds(5))
                    .build());
    private final Set<String> events = new HashSet<>();
    private PaymentStatus status = PaymentStatus.PENDING;
    private boolean cancelled;
    private @Nullable BankAnswer bank;
    private final InterventionDesk desk;

    @WorkflowInit
    public FakePaymentWorkflow(PaymentOrder order) {
        this.desk = new InterventionDesk(SagaKind.PAYMENT, order.paymentId(), new FakeProgress());
    }

    @Override
    public PaymentStatus run(PaymentOrder order) {
        String creditor = order.creditor().name();
        if (creditor.equals("Late")) {
            Workflow.await(() -> bank != null);
        }
        rows.create(order);
        PaymentStatus first = switch (creditor) {
            case "Settled" -> PaymentStatus.COMPLETED;
            case "Poor" -> PaymentStatus.FAILED;
            case "Reviewed" -> PaymentStatus.IN_REVIEW;
            default -> PaymentStatus.PROCESSING;
        };
        write(order, first);
        if (creditor.equals("Stuck")) {
            write(order, saidByOperator(order));
        } else if (!first.isTerminal()) {
            Workflow.await(() -> cancelled || bank != null);
            write(order, end());
        }
        Workflow.await(Workflow::isEveryHandlerFinished);
        desk.close();
        return status;
    }

    private PaymentStatus saidByOperator(PaymentOrder order) {
        while (true) {
            InterventionOrder said = desk.awaitOrder(
                    PaymentStep.ANSWER.key(order.paymentId()),
                    InterventionCause.BANK_OUTCOME_UNKNOWN,
                    "the deadline has passed");
            if (said.resolution() != null) {
                return said.resolution() == Resolution.EXECUTED ? PaymentStatus.COMPLETED : PaymentStatus.FAILED;
            }
        }
    }

    private PaymentStatus end() {
        if (cancelled) {
            return PaymentStatus.CANCELLED;
        }
        return bank instanceof BankAnswer.Settled ? PaymentStatus.COMPLETED : PaymentStatus.FAILED;
    }

    private void write(PaymentOrder order, PaymentStatus next) {
        rows.write(order, next);
        status = next;
    }

    @Override
    public PaymentStatus awaitAcceptance() {
        Workflow.await(() -> status != PaymentStatus.PENDING);
        return status;
    }

    @Override
    public CancellationOutcome cancel(CancellationRequest request) {
        if (request.reason().equals("too late")) {
            return new CancellationOutcome(false, status);
        }
        cancelled = true;
        Workflow.await(() -> status.isTerminal());
        return new CancellationOutcome(true, status);
    }

    @Override
    public void bankReported(BankReport report) {
        if (events.add(report.eventId()) && report.answer().isFinal()) {
            bank = report.answer();
        }
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
    public PaymentState state() {
        return new PaymentState("", status, String.join(",", events), null, "");
    }
}
