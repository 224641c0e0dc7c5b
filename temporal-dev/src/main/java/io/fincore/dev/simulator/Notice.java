package io.fincore.dev.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A notification that is to reach a customer; also the body of the request. */
record Notice(String id, String recipient, String template, Map<String, String> values) implements Order {

    Notice(String id, String recipient, String template, @Nullable Map<String, String> values) {
        this.id = BadMessageException.requireText(id, "id");
        this.recipient = BadMessageException.requireText(recipient, "recipient");
        this.template = BadMessageException.requireText(template, "template");
        this.values = values == null ? Map.of() : Map.copyOf(values);
    }
}
