package io.fincore.outbox;

import java.util.regex.Pattern;

/**
 * An event to append.
 *
 * @param tenant whose event it is, with the principal that caused it
 * @param type what happened to which kind of thing, {@code payment.completed}
 * @param subjectId the thing it happened to
 * @param payloadJson a JSON value; the database refuses what is not one
 */
public record NewEvent(String tenant, String principal, String type, String subjectId, String payloadJson) {

    private static final Pattern TYPE = Pattern.compile("[a-z_]+\\.[a-z_]+");

    public NewEvent {
        requireText("tenant", tenant);
        requireText("principal", principal);
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("'" + type + "' is not an event type such as payment.completed");
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
