package io.fincore.api.idempotency;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a request finds under its key. */
public sealed interface Claim {

    /**
     * This request is the one to act.
     *
     * @param resourceId the id to act with: of the first attempt
     * @param attempt 1 for the first; a takeover of an unfinished attempt counts on
     * @param document what the first attempt stored
     * @param correlationId of the first attempt
     * @param claimedAt when the first attempt claimed it: what is ordered under it was ordered then
     */
    record Won(
            IdempotentCall call,
            String resourceId,
            int attempt,
            @Nullable String document,
            String correlationId,
            Instant claimedAt)
            implements Claim {

        /** Whether an earlier attempt may have done something already. */
        public boolean isTakeover() {
            return attempt > 1;
        }
    }

    /** The request was answered before. */
    record Answered(Answer answer) implements Claim {}
}
