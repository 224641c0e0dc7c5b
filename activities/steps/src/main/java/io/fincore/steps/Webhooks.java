package io.fincore.steps;

import io.fincore.outbox.DeliveryQueue;
import io.fincore.outbox.Event;
import io.fincore.outbox.EventConsumer;
import io.fincore.providers.WebhookSender;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * Tells clients' endpoints of events. As a consumer of events it only writes down which endpoint gets what; its activity delivers, called
 * by a workflow per endpoint, which whoever runs this starts.
 */
public final class Webhooks implements EventConsumer {

    /** The outbox cursor that belongs to this consumer; the migration that made the tables has set it. */
    public static final String CURSOR = "webhooks";

    private final DeliveryQueue queue;
    private final WebhookActivitiesImpl activities;
    private final AtomicReference<Set<String>> touched = new AtomicReference<>(Set.of());

    /**
     * @param dataSource connects as the worker; the one whose transactions the dispatcher of events opens
     * @param pauses before each further attempt of a delivery; after the last it has failed
     */
    public Webhooks(DataSource dataSource, WebhookSender sender, List<Duration> pauses) {
        this.queue = new DeliveryQueue(dataSource);
        this.activities =
                new WebhookActivitiesImpl(queue, new WebhookCourier(queue, sender, new WebhookRetries(pauses)));
    }

    @Override
    public void accept(Event event) {
        List<String> endpoints = queue.add(event);
        if (!endpoints.isEmpty()) {
            touched.updateAndGet(before -> {
                Set<String> all = new LinkedHashSet<>(before);
                all.addAll(endpoints);
                return all;
            });
        }
    }

    /** The endpoints that got something since this was asked last; what was committed is due there. */
    public Set<String> takeTouched() {
        return touched.getAndSet(Set.of());
    }

    /** The endpoints at which something has been due for so long: nobody was told, or whoever was is gone. */
    public List<String> overdue(Duration since) {
        return queue.overdue(since);
    }

    public Backlog backlog() {
        DeliveryQueue.Backlog backlog = queue.backlog();
        return new Backlog(backlog.pending(), backlog.oldest());
    }

    /** For the queue {@code webhooks}. */
    public Object activities() {
        return activities;
    }

    /**
     * What waits.
     *
     * @param pending deliveries to endpoints that are enabled, retries among them
     * @param oldest how long the oldest of them has been waiting; zero if there is none
     */
    public record Backlog(long pending, Duration oldest) {}
}
