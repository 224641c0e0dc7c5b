package io.fincore.api.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fincore.outbox.WebhookEndpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's endpoint, as the API shows it.
 *
 * @param secret only where it was just made; nobody can read it later
 */
record EndpointBody(
        String id,
        String object,
        String url,
        @Nullable String description,
        List<String> events,
        String status,
        @Nullable String statusReason,

        @Nullable @JsonInclude(JsonInclude.Include.NON_NULL) String secret,

        Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt) {

    /** Without the secret: no log shall have it. */
    @Override
    public String toString() {
        return "EndpointBody[" + id + "]";
    }

    static EndpointBody of(WebhookEndpoint endpoint) {
        return of(endpoint, null);
    }

    static EndpointBody of(WebhookEndpoint endpoint, @Nullable String secret) {
        return new EndpointBody(
                endpoint.id(),
                "webhook_endpoint",
                endpoint.url(),
                endpoint.description(),
                endpoint.types(),
                endpoint.status().code(),
                endpoint.statusReason(),
                secret,
                endpoint.metadata(),
                endpoint.createdAt(),
                endpoint.updatedAt());
    }
}
