package io.fincore.dev.histories;

import io.fincore.dev.payments.Payer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.simulator.ReturnBehaviour;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.money.Money;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundStatus;
import io.fincore.workflows.refund.RefundWorkflow;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.Resolution;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Refunds that together take every path through their saga. */
final class RefundScenarios extends SagaScenarios {

    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Money PAID = Money.of(100_00, "EUR");
    private static final Money PART = Money.of(30_00, "EUR");

    private final Payer payer;

    RefundScenarios(Stack stack, TemporalPayments payments) {
        super(stack, payments);
        this.payer = Payer.with(Money.of(10_000_00, "EUR"), stack.postgres());
    }

    @Override
    void begin() {
        PaymentOrder paid = paid(BankBehaviour.SETTLES_AT_ONCE.iban());
        refund("completed", paid, PART, RefundStatus.COMPLETED);
        refund("exceeds-remainder", paid, PAID, RefundStatus.FAILED);
        refund("remainder", paid(BankBehaviour.SETTLES_AT_ONCE.iban()), null, RefundStatus.COMPLETED);
        refund("rejected-by-bank", paid(ReturnBehaviour.REFUSES_RETURN_AT_ONCE.iban()), null, RefundStatus.FAILED);
        refund(
                "unknown-then-found",
                paid(ReturnBehaviour.RETURNS_THEN_DROPS_CONNECTION.iban()),
                null,
                RefundStatus.COMPLETED);
        reportedTwice();
        awaitEnds();
        ledgerRefusesAtFirst();
        resolvedByOperators();
    }

    /** The callbacks are ours: the simulator's go to an API that does not run here. */
    private void reportedTwice() {
        RefundOrder refund = refund(
                "contradictory-callbacks",
                paid(ReturnBehaviour.NEVER_CALLS_BACK_ABOUT_RETURN.iban()),
                null,
                RefundStatus.COMPLETED);
        report(refund, "event-1", new BankAnswer.Settled("BANK-1"));
        report(refund, "event-2", new BankAnswer.Rejected("LEGL", "not returned"));
    }

    private void ledgerRefusesAtFirst() {
        PaymentOrder paid = paid(BankBehaviour.SETTLES_AT_ONCE.iban());
        Broken ledger = new Broken(stack, "reverse_transaction");
        RefundOrder refund = refund("ledger-refuses-then-retried", paid, PART, RefundStatus.COMPLETED);
        awaitPerson(RefundWorkflow.workflowId(refund.refundId()));
        ledger.mend();
        order(RefundWorkflow.workflowId(refund.refundId()), InterventionAction.RETRY, null);
    }

    private void resolvedByOperators() {
        RefundOrder refund =
                payer.refund(paid(ReturnBehaviour.NEVER_CALLS_BACK_ABOUT_RETURN.iban()), null, Duration.ofSeconds(1));
        payments.accept(refund);
        String workflowId = RefundWorkflow.workflowId(refund.refundId());
        awaitPerson(workflowId);
        approve(workflowId, order(workflowId, InterventionAction.RESOLVE, Resolution.NOT_EXECUTED));
        expect("refund-resolved-as-not-executed", workflowId, RefundStatus.FAILED.code());
    }

    private RefundOrder refund(String path, PaymentOrder payment, @Nullable Money amount, RefundStatus end) {
        RefundOrder refund = payer.refund(payment, amount, AN_HOUR);
        payments.accept(refund);
        expect("refund-" + path, RefundWorkflow.workflowId(refund.refundId()), end.code());
        return refund;
    }

    private void report(RefundOrder refund, String eventId, BankAnswer answer) {
        payments.client()
                .newWorkflowStub(RefundWorkflow.class, RefundWorkflow.workflowId(refund.refundId()))
                .bankReported(new BankReport(eventId, answer));
    }

    private PaymentOrder paid(String iban) {
        PaymentOrder order = payer.order(PAID, iban, AN_HOUR);
        payments.accept(order);
        if (payments.end(order) != PaymentStatus.COMPLETED) {
            throw new StackException("The payment to be refunded was not completed.");
        }
        return order;
    }
}
