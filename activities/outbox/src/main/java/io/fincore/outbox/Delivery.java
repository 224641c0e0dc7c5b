package io.fincore.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one endpoint, and what came of the last attempt.
 *
 * @param id {@code dlv_…}
 * @param subjectId what the event is about; of one subject the events go in order
 * @param kind {@code first}, {@code resend} or {@code replay}
 * @param attempts how often it was sent
 * @param nextAttemptAt null unless it is pending
 * @param responseStatus of HTTP; null if there was no response
 * @param responseExcerpt the begin of the response's body, at most 512 characters
 * @param error why there was no response, or why none was asked for
 */
public record Delivery(
        String id,
        String endpointId,
        String eventId,
        String eventType,
        String subjectId,
        String kind,
        DeliveryStatus status,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Integer responseStatus,
        @Nullable String responseExcerpt,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant lastAttemptAt,
        @Nullable Instant settledAt) {}
