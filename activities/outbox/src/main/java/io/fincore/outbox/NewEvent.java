package io.fincore.outbox;

/**
 * An event to append.
 *
 * @param tenant whose event it is, with the principal that caused it
 * @param type what happened to which kind of thing, {@code payment.completed}: one of {@link EventType}
 * @param subjectId the thing it happened to
 * @param payloadJson a JSON value; the database refuses what is not one
 */
public record NewEvent(String tenant, String principal, String type, String subjectId, String payloadJson) {

    public NewEvent {
        requireText("tenant", tenant);
        requireText("principal", principal);
        if (EventType.ofCode(type).isEmpty()) {
            throw new IllegalArgumentException("'" + type + "' is not an event type: EventType lists them");
        }
        requireText("subjectId", subjectId);
        requireText("payloadJson", payloadJson);
    }

    private static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is blank");
        }
    }
}
