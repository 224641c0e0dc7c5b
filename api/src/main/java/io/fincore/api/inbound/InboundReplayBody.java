package io.fincore.api.inbound;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead callback was handed on again.
 *
 * @param attempts how often it had been tried until then
 * @param outcome why it was dead
 */
record InboundReplayBody(
        String requestedBy,
        String reason,
        Instant requestedAt,
        int attempts,
        @Nullable String outcome,
        Instant deadSince) {}
