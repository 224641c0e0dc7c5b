package io.fincore.providers;

import java.util.List;

/**
 * One event for one endpoint.
 *
 * @param id the same on each attempt: the receiver knows by it what it has already
 * @param body JSON, the same bytes on each attempt
 * @param secrets {@code whsec_…}; each signs, so that the receiver can go over from one to the other
 */
public record WebhookMessage(String url, String id, String body, List<String> secrets) {

    public WebhookMessage {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("without a secret nothing can be signed");
        }
    }

    @Override
    public String toString() {
        return "WebhookMessage[" + id + "]";
    }
}
