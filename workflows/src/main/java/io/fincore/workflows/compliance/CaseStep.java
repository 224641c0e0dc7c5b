package io.fincore.workflows.compliance;

import io.fincore.workflows.StepKey;

/** The steps of a compliance case in their order. */
public enum CaseStep {
    RESOLVE(1, "case.resolve"),
    MARK_REJECTED(2, "payment.mark-rejected"),
    CLOSE(3, "case.close");

    private final int number;
    private final String stepName;

    CaseStep(int number, String stepName) {
        this.number = number;
        this.stepName = stepName;
    }

    public String stepName() {
        return stepName;
    }

    public StepKey key(String caseId, int round) {
        return new StepKey(ComplianceCaseWorkflow.workflowId(caseId), round, number, stepName);
    }
}
