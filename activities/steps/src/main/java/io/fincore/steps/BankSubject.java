package io.fincore.steps;

import io.fincore.workflows.bank.BankAnswer;
import java.util.function.BooleanSupplier;

/**
 * What an order to the bank is for, as far as the record of calls needs it.
 *
 * @param claimForSending claims it for the call; false if it was claimed against it
 * @param messages keeps what the bank says
 */
record BankSubject(BooleanSupplier claimForSending, Messages messages) {

    static final String SEND = "send";

    @FunctionalInterface
    interface Messages {
        void record(String channel, BankAnswer answer);
    }

    static BankSubject of(PaymentStore payments, String paymentId) {
        return new BankSubject(
                () -> payments.claim(paymentId, SEND),
                (channel, answer) -> payments.recordBankMessage(paymentId, null, channel, answer));
    }

    static BankSubject of(PaymentStore payments, RefundStore refunds, RefundRow refund) {
        return new BankSubject(
                () -> refunds.claim(refund.id(), SEND),
                (channel, answer) -> payments.recordBankMessage(refund.paymentId(), refund.id(), channel, answer));
    }
}
