package io.fincore.workflows.webhook;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Delivers events to one endpoint of a client, as long as any wait. There is one at a time, under {@link #workflowId(String)}; whoever
 * has something for the endpoint signals with start.
 */
@WorkflowInterface
public interface WebhookEndpointWorkflow {

    String WORKFLOW_TYPE = "WebhookEndpointWorkflow";

    String WAKE = "wake";

    static String workflowId(String endpointId) {
        return "webhook-endpoint/" + endpointId;
    }

    /** Returns when nothing waits any more. */
    @WorkflowMethod(name = WORKFLOW_TYPE)
    void run(WebhookOrder order);

    /** Something may be due. */
    @SignalMethod(name = WAKE)
    void wake();

    /** What was done, for operators; needs a live worker. */
    @QueryMethod
    WebhookState state();
}
