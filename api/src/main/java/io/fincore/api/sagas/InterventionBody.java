package io.fincore.api.sagas;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has ordered.
 *
 * @param saga id of what the saga is about
 * @param status first that it waits for a second person, if it needs one; then {@code taken} while the saga acts on it, and {@code done}
 * @param before where the saga stood then: {@code status}, {@code step}, {@code cause}, {@code detail}
 * @param after where it got; null until it is done
 */
record InterventionBody(
        String id,
        String object,
        String saga,
        String action,
        @Nullable String resolution,
        String reason,
        String status,
        String requestedBy,
        @Nullable String approvedBy,
        @Nullable Instant approvedAt,
        JsonNode before,
        @Nullable JsonNode after,
        Instant createdAt,
        @Nullable Instant concludedAt) {}
