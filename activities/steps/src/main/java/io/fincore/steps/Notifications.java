package io.fincore.steps;

import io.fincore.customers.Customer;
import io.fincore.customers.Customers;
import io.fincore.outbox.Event;
import io.fincore.outbox.EventConsumer;
import io.fincore.providers.Notification;
import io.fincore.providers.Notifier;
import io.fincore.providers.NotifierAnswer;
import io.fincore.steps.NotificationStore.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells customers that a payment, a refund or an activation is completed. As a consumer of events it only writes down whom to tell what;
 * {@link #deliverDue} tells them. So no saga, no other consumer and no other customer ever waits for the provider.
 */
public final class Notifications implements EventConsumer {

    /** The outbox cursor that belongs to this consumer; the migration that made the table has set it. */
    public static final String CURSOR = "notifications";

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    /** Longer than any call to the provider: an attempt that is older was lost with its process. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** News of yesterday are none. */
    private static final Duration WORTH_TELLING = Duration.ofHours(24);

    private final NewsDesk desk;
    private final NotificationStore store;
    private final Customers customers;
    private final Notifier notifier;
    private final InstantSource clock;

    /** @param dataSource connects as the worker; the one whose transactions the dispatcher of events opens */
    public Notifications(DataSource dataSource, Notifier notifier, InstantSource clock) {
        this.desk = new NewsDesk(dataSource);
        this.store = new NotificationStore(dataSource);
        this.customers = new Customers(dataSource);
        this.notifier = notifier;
        this.clock = clock;
    }

    @Override
    public void accept(Event event) {
        desk.of(event).ifPresent(news -> store.add(event.id(), news, clock.instant()));
    }

    /**
     * Tries to deliver the notification that has been due for longest. No database connection is held while the provider is asked.
     * Any number of threads and processes may do so at once: each gets another notification.
     *
     * @return whether one was due
     */
    public boolean deliverDue() {
        Optional<NotificationRow> due = store.take(clock.instant(), LEASE);
        due.ifPresent(this::deliver);
        return due.isPresent();
    }

    public Backlog backlog() {
        return store.backlog(clock.instant());
    }

    /**
     * What customers have not been told.
     *
     * @param pending how many notifications wait for their first or next attempt
     * @param oldest how long the oldest of them has been waiting; zero if there is none
     * @param givenUp how many were ever refused, or not delivered in time
     */
    public record Backlog(long pending, Duration oldest, long givenUp) {}

    private void deliver(NotificationRow notification) {
        NotifierAnswer answer = handOver(notification);
        Instant now = clock.instant();
        switch (answer) {
            case NotifierAnswer.Delivered delivered -> store.settle(notification, Settlement.DELIVERED, null, now);
            case NotifierAnswer.Refused refused -> giveUp(notification, Settlement.REFUSED, refused.detail(), now);
            case NotifierAnswer.Unavailable unavailable -> tryLater(notification, unavailable, now);
        }
    }

    private NotifierAnswer handOver(NotificationRow notification) {
        try {
            Optional<Customer> customer = customers.find(notification.customerId());
            if (customer.isEmpty()) {
                return new NotifierAnswer.Refused("there is no such customer");
            }
            return notifier.deliver(new Notification(
                    notification.id(), customer.get().email(), notification.template(), notification.values()));
        } catch (RuntimeException fault) {
            // Must not come back for ever, nor before the others. Its message may hold anything, the person's address
            // too.
            return new NotifierAnswer.Unavailable(fault.getClass().getName(), null);
        }
    }

    private void tryLater(NotificationRow notification, NotifierAnswer.Unavailable answer, Instant now) {
        Instant end = notification.createdAt().plus(WORTH_TELLING);
        if (!now.isBefore(end)) {
            giveUp(notification, Settlement.DEAD, answer.detail(), now);
            return;
        }
        Instant next = now.plus(pause(notification.attempts(), answer.retryAfter()));
        LOG.debug("notification {} waits: {}", notification.id(), answer.detail());
        store.postpone(notification, answer.detail(), next.isBefore(end) ? next : end);
    }

    private void giveUp(NotificationRow notification, Settlement settlement, String detail, Instant now) {
        if (store.settle(notification, settlement, detail, now)) {
            LOG.warn(
                    "notification {} ({}) is {} after {} attempts: {}",
                    notification.id(),
                    notification.template(),
                    settlement,
                    notification.attempts(),
                    detail);
        }
    }

    private static Duration pause(int attempts, @Nullable Duration retryAfter) {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; attempt < attempts && pause.compareTo(LONGEST_PAUSE) < 0; attempt++) {
            pause = pause.multipliedBy(2);
        }
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
        }
        return retryAfter == null || retryAfter.compareTo(pause) < 0 ? pause : retryAfter;
    }
}
