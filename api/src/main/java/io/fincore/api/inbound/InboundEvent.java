package io.fincore.api.inbound;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A callback as it was taken in.
 *
 * @param traceParent W3C trace context of the request that brought it
 * @param attempts of handing it on, before this one
 * @param unknownSince since when Temporal has been answering that there is no such workflow
 */
record InboundEvent(
        String provider,
        String eventId,
        String body,
        @Nullable String traceParent,
        String correlationId,
        String requestId,
        int attempts,
        @Nullable Instant unknownSince) {}
