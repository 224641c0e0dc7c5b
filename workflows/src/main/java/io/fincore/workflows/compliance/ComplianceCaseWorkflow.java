package io.fincore.workflows.compliance;

import io.fincore.money.IdType;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A payment waits for a person's decision. While the case is open, it alone writes the payment. */
@WorkflowInterface
public interface ComplianceCaseWorkflow {

    String WORKFLOW_TYPE = "ComplianceCaseWorkflow";

    /** A payment has one case at most: the case's id is the payment's in another dress. */
    static String caseId(String paymentId) {
        return IdType.PAYMENT.sibling(paymentId, IdType.COMPLIANCE_CASE);
    }

    static String workflowId(String caseId) {
        return "case/" + caseId;
    }

    @WorkflowMethod(name = WORKFLOW_TYPE)
    CaseVerdict run(CaseOrder order);

    /**
     * Decides the case. Answers when the decision is recorded; a rejected payment's hold is released soon after.
     *
     * @throws io.temporal.client.WorkflowUpdateException with an ApplicationFailure of type {@code CASE_ALREADY_RESOLVED} or
     *     {@code CASE_RESOLVER_IS_CREATOR}; nothing is recorded then
     */
    @UpdateMethod
    CaseVerdict resolve(CaseResolution resolution);

    /** The payment's creator cancelled it; ignored once the case is resolved. */
    @SignalMethod
    void withdraw(String actor);

    @QueryMethod
    CaseState state();
}
