package io.fincore.workflows.refund;

import io.fincore.workflows.StepKey;

/** The steps of the refund saga in their order. */
public enum RefundStep {
    CREATE(1, "refund.create"),
    ASK(2, "bank.refund"),
    POST(3, "ledger.post-reversal"),
    MARK(4, "payment.mark-refunded");

    /** A refund is never opened again: another one is. */
    private static final int ROUND = 1;

    private final int number;
    private final String stepName;

    RefundStep(int number, String stepName) {
        this.number = number;
        this.stepName = stepName;
    }

    public String stepName() {
        return stepName;
    }

    public StepKey key(String refundId) {
        return new StepKey(RefundWorkflow.workflowId(refundId), ROUND, number, stepName);
    }
}
