package io.fincore.workflows.refund;

import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.repair.Repairable;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One refund from the order to its terminal status.
 *
 * <p>Started by Update-with-Start under {@link #workflowId(String)} with {@link #awaitAcceptance()}, conflict policy
 * USE_EXISTING, reuse policy REJECT_DUPLICATE.
 */
@WorkflowInterface
public interface RefundWorkflow extends Repairable {

    String WORKFLOW_TYPE = "RefundWorkflow";

    static String workflowId(String refundId) {
        return "refund/" + refundId;
    }

    /** Takes the steps of the saga; returns when the refund's terminal status is in the database. */
    @WorkflowMethod(name = WORKFLOW_TYPE)
    RefundStatus run(RefundOrder order);

    /** Waits until the amount is set aside, or nothing was created. */
    @UpdateMethod
    RefundAcceptance awaitAcceptance();

    /** What the bank said by callback. Signals with an event id seen before are ignored. */
    @SignalMethod
    void bankReported(BankReport report);

    /** Where the refund stands, for operators; needs a live worker. */
    @QueryMethod
    RefundState state();
}
