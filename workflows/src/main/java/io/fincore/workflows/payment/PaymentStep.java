package io.fincore.workflows.payment;

import io.fincore.workflows.StepKey;

/** The steps of the payment saga in their order. */
public enum PaymentStep {
    CREATE(1, "payment.create"),
    EVALUATE(2, "decision.evaluate"),
    HOLD(3, "ledger.hold"),
    MARK_PROCESSING(4, "payment.mark-processing"),
    SEND(5, "bank.send"),
    ANSWER(6, "bank.answer"),
    SETTLE(7, "ledger.settle"),
    COMPLETE(8, "payment.complete");

    /** Nothing re-opens a payment yet. */
    private static final int ROUND = 1;

    private final int number;
    private final String stepName;

    PaymentStep(int number, String stepName) {
        this.number = number;
        this.stepName = stepName;
    }

    public String stepName() {
        return stepName;
    }

    /** From 1. */
    public int number() {
        return number;
    }

    public StepKey key(String paymentId) {
        return new StepKey(PaymentWorkflow.workflowId(paymentId), ROUND, number, stepName);
    }
}
