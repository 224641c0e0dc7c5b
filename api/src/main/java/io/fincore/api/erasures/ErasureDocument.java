package io.fincore.api.erasures;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A checked order. */
record ErasureDocument(String customer, String reason, Instant orderedAt) {

    /** GDPR, art. 12 (3): one month. */
    private static final Duration TIME = Duration.ofDays(30);

    private static final Duration REMINDED_BEFORE = Duration.ofDays(7);

    Instant deadline() {
        return orderedAt.plus(TIME);
    }

    Instant remindAt() {
        return deadline().minus(REMINDED_BEFORE);
    }

    StoredErasure pending(String erasureId, String principal, Instant claimedAt) {
        return new StoredErasure(
                new ErasureBody(
                        erasureId,
                        "erasure",
                        customer,
                        reason,
                        principal,
                        "pending",
                        List.of(),
                        deadline(),
                        null,
                        orderedAt,
                        claimedAt,
                        null),
                0);
    }
}
