package io.fincore.api;

import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.payment.CancellationOutcome;
import io.fincore.workflows.payment.CancellationRequest;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentState;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the saga. The creditor's name tells what happens: "Settled" completes, "Poor" fails for want of funds, "Reviewed" opens
 * a case, "Sent" can no longer be cancelled, "Late" writes no row before the bank reports; any other one waits for the bank.
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

    @WorkflowInit
    public FakePaymentWorkflow(PaymentOrder order) {}

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
        if (!first.isTerminal()) {
            Workflow.await(() -> cancelled || bank != null);
            write(order, end());
        }
        Workflow.await(Workflow::isEveryHandlerFinished);
        return status;
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
    public PaymentState state() {
        return new PaymentState("", status, String.join(",", events), null, "");
    }
}
