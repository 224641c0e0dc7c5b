package io.fincore.api.webhooks;

import io.fincore.outbox.Delivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one endpoint.
 *
 * @param kind {@code first}, {@code resend} or {@code replay}
 * @param status {@code pending}, {@code succeeded}, {@code failed} or {@code skipped}
 * @param responseStatus of the last attempt; null if there was no response, then {@code error} says why
 * @param responseExcerpt at most 512 characters of its body
 */
record DeliveryBody(
        String id,
        String object,
        String endpoint,
        String event,
        String eventType,
        String subject,
        String kind,
        String status,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Integer responseStatus,
        @Nullable String responseExcerpt,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant lastAttemptAt,
        @Nullable Instant settledAt) {

    static DeliveryBody of(Delivery delivery) {
        return new DeliveryBody(
                delivery.id(),
                "webhook_delivery",
                delivery.endpointId(),
                delivery.eventId(),
                delivery.eventType(),
                delivery.subjectId(),
                delivery.kind(),
                delivery.status().code(),
                delivery.attempts(),
                delivery.nextAttemptAt(),
                delivery.responseStatus(),
                delivery.responseExcerpt(),
                delivery.error(),
                delivery.createdAt(),
                delivery.lastAttemptAt(),
                delivery.settledAt());
    }
}
