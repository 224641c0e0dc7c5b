package io.fincore.dev.benchmark;

import io.fincore.dev.payments.Payer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.StackException;
import io.fincore.money.Money;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import java.time.Duration;
import java.util.List;

/** Payments that the bank settles at once, each client from a wallet of its own. */
record PaymentSubject(TemporalPayments payments, List<Payer> payers) implements Subject {

    private static final Money AMOUNT = Money.of(12_50, "EUR");

    @Override
    public String name() {
        return "payment";
    }

    @Override
    public String make(int client) {
        PaymentOrder order =
                payers.get(client).order(AMOUNT, BankBehaviour.SETTLES_AT_ONCE.iban(), Duration.ofHours(1));
        PaymentStatus status = payments.accept(order);
        if (status != PaymentStatus.PROCESSING) {
            throw new StackException("The payment " + order.paymentId() + " was accepted as " + status + ".");
        }
        return PaymentWorkflow.workflowId(order.paymentId());
    }
}
