package io.fincore.api.erasures;

import io.fincore.workflows.erasure.Obstacle;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to erase a customer's personal data.
 *
 * @param requestedBy the principal of the customer's client
 * @param status pending, overdue (pending after the deadline), completed or cancelled
 * @param obstacles what was open when it was tried last, at most 100; it is tried again within the hour
 * @param deadline 30 days after the request
 */
record ErasureBody(
        String id,
        String object,
        String customer,
        String reason,
        String requestedBy,
        String status,
        List<Obstacle> obstacles,
        Instant deadline,
        @Nullable String cancelledBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant endedAt) {

    ErasureBody {
        obstacles = List.copyOf(obstacles);
    }
}
