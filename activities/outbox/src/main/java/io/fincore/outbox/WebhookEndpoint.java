package io.fincore.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a client wants its events.
 *
 * @param id {@code whe_…}
 * @param types of events, such as {@code payment.completed}; {@link #ALL} alone stands for all
 * @param statusReason why it is paused or disabled, if there is a word on it
 * @param version goes up with every change
 */
public record WebhookEndpoint(
        String id,
        String tenant,
        String principal,
        String url,
        @Nullable String description,
        List<String> types,
        EndpointStatus status,
        @Nullable String statusReason,
        Map<String, String> metadata,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** Every type of event, those to come too. */
    public static final String ALL = "*";

    public WebhookEndpoint {
        types = List.copyOf(types);
        metadata = Map.copyOf(metadata);
        if (types.isEmpty()) {
            throw new IllegalArgumentException("an endpoint without types gets nothing");
        }
    }

    public WebhookEndpoint with(EndpointStatus newStatus, @Nullable String reason) {
        return new WebhookEndpoint(
                id,
                tenant,
                principal,
                url,
                description,
                types,
                newStatus,
                reason,
                metadata,
                version,
                createdAt,
                updatedAt);
    }
}
