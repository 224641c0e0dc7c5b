package io.fincore.workflows.payment;

import io.fincore.workflows.StepKey;
import io.fincore.workflows.bank.BankActivities;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankErrand;
import java.time.Instant;

/** The payment's credit transfer. */
record PaymentErrand(PaymentOrder order, PaymentSteps steps) implements BankErrand {

    @Override
    public String subjectId() {
        return order.paymentId();
    }

    @Override
    public String summary() {
        return order.amount().toString();
    }

    @Override
    public StepKey sendStep() {
        return PaymentStep.SEND.key(order.paymentId());
    }

    @Override
    public StepKey answerStep() {
        return PaymentStep.ANSWER.key(order.paymentId());
    }

    @Override
    public BankAnswer send(BankActivities bank, int callNumber, Instant notAfter) {
        return bank.send(sendStep(), order.paymentId(), callNumber, notAfter);
    }

    @Override
    public void recordContradiction(BankAnswer first, BankAnswer later) {
        steps.recordContradiction(first, later);
    }
}
