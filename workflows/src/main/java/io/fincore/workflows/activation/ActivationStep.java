package io.fincore.workflows.activation;

import io.fincore.workflows.StepKey;

/** The steps of the activation saga in their order. */
public enum ActivationStep {
    VERIFY(1, "kyc.verify"),
    APPROVE(2, "kyc.approve"),
    MARK_VERIFIED(3, "customer.mark-verified"),
    ACTIVATE(4, "wallet.activate");

    /** An activation is never opened again: another one is. */
    private static final int ROUND = 1;

    private final int number;
    private final String stepName;

    ActivationStep(int number, String stepName) {
        this.number = number;
        this.stepName = stepName;
    }

    public String stepName() {
        return stepName;
    }

    public StepKey key(String activationId) {
        return new StepKey(AccountActivationWorkflow.workflowId(activationId), ROUND, number, stepName);
    }
}
