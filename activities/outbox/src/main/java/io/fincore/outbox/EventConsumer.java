package io.fincore.outbox;

/** What is done with events. It may get an event again, and must then do nothing more than it did. */
@FunctionalInterface
public interface EventConsumer {

    /**
     * Handles one event. Runs in the dispatcher's transaction: what it writes through the dispatcher's DataSource is
     * committed with the cursor, and is undone alone if this method throws.
     *
     * @throws RuntimeException if the event could not be handled now; it and all later ones wait until it can
     */
    void accept(Event event);
}
