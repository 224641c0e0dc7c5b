package io.fincore.outbox;

import org.jspecify.annotations.Nullable;

/**
 * Which deliveries of an endpoint are asked for; null is any.
 *
 * @param olderThan exclusive: an id
 * @param newerThan exclusive: an id; the nearest are first then
 * @param limit the most that are answered
 */
public record DeliveryQuery(
        @Nullable DeliveryStatus status,
        @Nullable String eventType,
        @Nullable String eventId,
        @Nullable String olderThan,
        @Nullable String newerThan,
        int limit) {}
