package io.fincore.workflows.compliance;

import io.fincore.money.IdType;
import io.fincore.workflows.repair.Repairable;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * A payment waits for a person's decision. While the case is open, it alone writes the payment.
 *
 * <p>A decided case answers {@link #assign}, {@link #addNote} and {@link #resolve} with an ApplicationFailure of type {@code
 * CASE_ALREADY_RESOLVED}; nothing is recorded then.
 */
@WorkflowInterface
public interface ComplianceCaseWorkflow extends Repairable {

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
     * Decides the case. Answers when the decision is recorded; a rejected payment's hold is released soon after. If the ledger
     * refuses that for good, the case is open again.
     *
     * @throws io.temporal.client.WorkflowUpdateException with an ApplicationFailure of type {@code CASE_ALREADY_RESOLVED} or
     *     {@code CASE_RESOLVER_IS_CREATOR}; nothing is recorded then
     */
    @UpdateMethod
    CaseVerdict resolve(CaseResolution resolution);

    /**
     * Says who shall look at the case; the last one counts.
     *
     * @throws io.temporal.client.WorkflowUpdateException with an ApplicationFailure of type {@code CASE_ALREADY_RESOLVED} or
     *     {@code CASE_RESOLVER_IS_CREATOR} if the assignee could not resolve it
     */
    @UpdateMethod
    void assign(CaseAssignment assignment);

    /** Adds a note. A case takes a thousand. */
    @UpdateMethod
    void addNote(CaseNote note);

    /** The payment's creator cancelled it; ignored once the case is resolved. */
    @SignalMethod
    void withdraw(String actor);

    @QueryMethod
    CaseState state();
}
