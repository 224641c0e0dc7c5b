package io.fincore.api.inbound;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A callback as it was taken in.
 *
 * @param traceParent W3C trace context of the request that brought it
 * @param attempts of handing it on, before this one
 * @param failingSince since when every attempt has failed for a reason of the event's own, and not because Temporal was away
 */
record InboundEvent(
        String provider,
        String eventId,
        String body,
        @Nullable String traceParent,
        String correlationId,
        String requestId,
        int attempts,
        @Nullable Instant failingSince) {}
