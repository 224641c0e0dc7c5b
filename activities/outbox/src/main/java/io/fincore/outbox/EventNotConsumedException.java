package io.fincore.outbox;

/** The consumer failed at an event. The ones before it are done; it comes again, before any later one. */
public final class EventNotConsumedException extends RuntimeException {

    private final transient Event event;

    EventNotConsumedException(Event event, RuntimeException cause) {
        super(
                "event " + event.id() + " (" + event.type() + ") at position " + event.position() + " was not consumed",
                cause);
        this.event = event;
    }

    /** The event that stops its cursor. */
    public Event event() {
        return event;
    }
}
