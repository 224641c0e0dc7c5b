package io.fincore.dev.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider knows about one order; an immutable snapshot.
 *
 * @param timesReceived how often it came, those times included when it was not taken on
 * @param timesExecuted how often what it asks for was done; more than once would be the provider's fault and must show
 */
record Entry(
        Order order,
        @Nullable String traceParent,
        Instant receivedAt,
        Status status,
        @Nullable Reason reason,
        int timesReceived,
        int timesExecuted,
        @Nullable Instant decidedAt,
        @Nullable Callback callback,
        int callbacksDelivered) {

    /** Of the providers' own names for orders; ISO 20022 grants 35. */
    private static final int MAX_REFERENCE_LENGTH = 35;

    static Entry of(JournalEntry.Taken taken, int timesReceived) {
        return new Entry(
                taken.order(), taken.traceParent(), taken.at(), Status.OPEN, null, timesReceived, 0, null, null, 0);
    }

    Entry decided(JournalEntry.Decided decided) {
        return new Entry(
                order,
                traceParent,
                receivedAt,
                decided.status(),
                decided.reason(),
                timesReceived,
                decided.status() == Status.DONE ? timesExecuted + 1 : timesExecuted,
                decided.at(),
                decided.callback(),
                0);
    }

    Entry seenAgain() {
        return with(timesReceived + 1, callbacksDelivered);
    }

    Entry callbackDelivered() {
        return with(timesReceived, callbacksDelivered + 1);
    }

    /** The provider's own name for the order. */
    String reference() {
        String prefix = order instanceof Check ? "KY" : "BK";
        String id = order.id();
        return prefix + id.substring(Math.max(0, id.length() + prefix.length() - MAX_REFERENCE_LENGTH));
    }

    int callbacksOwed() {
        return callback == null ? 0 : callback.deliveries();
    }

    private Entry with(int received, int delivered) {
        return new Entry(
                order,
                traceParent,
                receivedAt,
                status,
                reason,
                received,
                timesExecuted,
                decidedAt,
                callback,
                delivered);
    }
}
