package io.fincore.workflows.webhook;

import io.fincore.workflows.ActivityPolicies;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;

/** Attempts what is due, waits for what is due next, and ends when nothing is. */
public final class WebhookEndpointWorkflowImpl implements WebhookEndpointWorkflow {

    private final WebhookActivities webhooks =
            Workflow.newActivityStub(WebhookActivities.class, ActivityPolicies.webhook("webhook.deliver"));
    private WebhookState state;
    private boolean woken;

    @WorkflowInit
    public WebhookEndpointWorkflowImpl(WebhookOrder order) {
        state = new WebhookState(order.endpointId(), 0, 0);
    }

    @Override
    public void run(WebhookOrder order) {
        while (true) {
            woken = false;
            WebhookDrain drain = webhooks.deliver(order.endpointId());
            state = state.after(drain);
            Long nextInMillis = drain.nextInMillis();
            if (nextInMillis == null && !woken) {
                return;
            }
            if (nextInMillis != null && nextInMillis > 0) {
                Workflow.await(Duration.ofMillis(nextInMillis), () -> woken);
            }
            if (Workflow.getInfo().isContinueAsNewSuggested()) {
                // A signal that comes at this moment loses nothing: the next run begins by looking.
                Workflow.continueAsNew(order);
            }
        }
    }

    @Override
    public void wake() {
        woken = true;
    }

    @Override
    public WebhookState state() {
        return state;
    }
}
