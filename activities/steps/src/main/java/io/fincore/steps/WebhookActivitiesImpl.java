package io.fincore.steps;

import io.fincore.outbox.DeliveryQueue;
import io.fincore.workflows.webhook.WebhookActivities;
import io.fincore.workflows.webhook.WebhookDrain;
import io.temporal.activity.Activity;

final class WebhookActivitiesImpl implements WebhookActivities {

    private final DeliveryQueue queue;
    private final WebhookCourier courier;

    WebhookActivitiesImpl(DeliveryQueue queue, WebhookCourier courier) {
        this.queue = queue;
        this.courier = courier;
    }

    @Override
    public WebhookDrain deliver(String endpointId) {
        try (Heartbeat heartbeat = new Heartbeat(Activity.getExecutionContext())) {
            WebhookDrainRun run = new WebhookDrainRun(courier, endpointId, heartbeat::requireWanted);
            try {
                run.run();
                Long next = queue.nextDue(endpointId)
                        .map(wait -> wait.toMillis())
                        .orElse(null);
                return new WebhookDrain(run.succeeded.get(), run.failed.get(), run.isStruggling(), next);
            } catch (RuntimeException fault) {
                heartbeat.requireWanted();
                // Never given up: what waits, waits in the database, and a new workflow would meet the same fault.
                throw Faults.toFailure(fault, false);
            }
        }
    }
}
