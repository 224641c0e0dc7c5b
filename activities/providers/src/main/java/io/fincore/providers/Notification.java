package io.fincore.providers;

import java.util.Map;

/**
 * What a customer is to be told. The words are the provider's: it holds the templates.
 *
 * @param id of the event that is told of
 * @param recipient an e-mail address
 * @param template {@code payment_completed}, for example
 * @param values what the template's placeholders stand for
 */
public record Notification(String id, String recipient, String template, Map<String, String> values) {

    public Notification {
        requireText(id, "id");
        requireText(recipient, "recipient");
        requireText(template, "template");
        values = Map.copyOf(values);
    }

    /** Without the person: for logs. */
    @Override
    public String toString() {
        return "Notification[" + id + ", " + template + "]";
    }

    private static void requireText(String value, String what) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the notification's " + what + " is blank");
        }
    }
}
