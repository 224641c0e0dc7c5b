package io.fincore.workflows.erasure;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Waits until nothing of a customer is open, then erases the personal data. It reminds before the deadline, alerts at it, and goes on until
 * it has erased or is cancelled: it never gives up by itself.
 */
@WorkflowInterface
public interface ErasureWorkflow {

    String WORKFLOW_TYPE = "ErasureWorkflow";

    static String workflowId(String erasureId) {
        return "erasure/" + erasureId;
    }

    @WorkflowMethod(name = WORKFLOW_TYPE)
    ErasureStatus run(ErasureOrder order);

    /** Takes the request back. Answers how it has ended: {@code completed} if that came too late. */
    @UpdateMethod(name = "cancelErasure")
    ErasureStatus cancel(ErasureCancellation cancellation);

    /** Where it stands, for operators; needs a live worker. */
    @QueryMethod
    ErasureState state();
}
