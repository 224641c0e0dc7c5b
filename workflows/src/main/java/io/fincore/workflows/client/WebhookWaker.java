package io.fincore.workflows.client;

import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.webhook.WebhookEndpointWorkflow;
import io.fincore.workflows.webhook.WebhookOrder;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;

/** Tells the workflow of a client's endpoint that something is due, and starts it if there is none. */
public final class WebhookWaker {

    private final WorkflowClient client;

    public WebhookWaker(WorkflowClient client) {
        this.client = client;
    }

    /** @throws RuntimeException if Temporal is away */
    public void wake(String endpointId) {
        client.newUntypedWorkflowStub(
                        WebhookEndpointWorkflow.WORKFLOW_TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.WEBHOOKS)
                                .setWorkflowId(WebhookEndpointWorkflow.workflowId(endpointId))
                                .setStaticSummary("webhooks to " + endpointId)
                                .build())
                .signalWithStart(
                        WebhookEndpointWorkflow.WAKE, new Object[0], new Object[] {new WebhookOrder(endpointId)});
    }
}
