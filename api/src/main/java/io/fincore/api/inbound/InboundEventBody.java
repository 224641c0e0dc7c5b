package io.fincore.api.inbound;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider's callback, as operators see it: never its raw body, which is the provider's text about a person.
 *
 * @param provider {@code bank} or {@code kyc}
 * @param eventId the provider's own
 * @param subject {@code pay_…}, {@code ref_…} or {@code act_…}; null if it names nothing of ours
 * @param status {@code pending}, {@code done} or {@code dead}
 * @param attempts of handing it on, since it came or was replayed last
 * @param nextAttemptAt of a pending one
 * @param failingSince since when a pending one has failed for a reason of its own, and not because Temporal was away
 * @param outcome what became of it; null while it is pending
 * @param content null in lists
 * @param replays the oldest first; null in lists
 */
record InboundEventBody(
        String id,
        String object,
        String provider,
        String eventId,
        @Nullable String subject,
        String status,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant failingSince,
        @Nullable String outcome,
        String correlationId,
        String requestId,
        Instant receivedAt,
        @Nullable Instant settledAt,
        @Nullable InboundContent content,
        @Nullable List<InboundReplayBody> replays) {

    InboundEventBody with(InboundContent understood, List<InboundReplayBody> made) {
        return new InboundEventBody(
                id,
                object,
                provider,
                eventId,
                subject,
                status,
                attempts,
                nextAttemptAt,
                failingSince,
                outcome,
                correlationId,
                requestId,
                receivedAt,
                settledAt,
                understood,
                List.copyOf(made));
    }
}
