package io.fincore.steps;

import io.fincore.outbox.DeliveryQueue;
import io.fincore.workflows.webhook.WebhookActivities;
import io.fincore.workflows.webhook.WebhookDrain;
import io.temporal.activity.Activity;
import java.time.Duration;

final class WebhookActivitiesImpl implements WebhookActivities {

    /** How long an endpoint is left alone at first, and at most: one that is down must not hold the slots of others. */
    private static final Duration REST = Duration.ofSeconds(5);

    private static final Duration LONGEST_REST = Duration.ofMinutes(5);

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
                if (run.isStruggling()) {
                    queue.rest(endpointId, REST, LONGEST_REST);
                } else if (run.succeeded.get() > 0) {
                    queue.recover(endpointId);
                }
                Long next =
                        queue.nextDue(endpointId).map(wait -> wait.toMillis()).orElse(null);
                return new WebhookDrain(run.succeeded.get(), run.failed.get(), next);
            } catch (RuntimeException fault) {
                heartbeat.requireWanted();
                // Never given up: what waits, waits in the database, and a new workflow would meet the same fault.
                throw Faults.toFailure(fault, false);
            }
        }
    }
}
