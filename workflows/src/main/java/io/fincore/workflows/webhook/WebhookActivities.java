package io.fincore.workflows.webhook;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Sends events to clients' endpoints, on a queue of its own. */
@ActivityInterface
public interface WebhookActivities {

    /**
     * Attempts what is due at one endpoint, for some seconds at most. Which deliveries those are, and what comes of them, stands in the
     * database: again, it goes on with what is due then.
     */
    @ActivityMethod(name = "webhook.deliver")
    WebhookDrain deliver(String endpointId);
}
