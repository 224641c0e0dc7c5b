package io.fincore.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a principal are asked for; null is any.
 *
 * @param from inclusive
 * @param to exclusive
 * @param olderThan exclusive: an id
 * @param newerThan exclusive: an id; the nearest are first then
 * @param limit the most that are answered
 */
public record ClientEventQuery(
        @Nullable String type,
        @Nullable String subjectId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String olderThan,
        @Nullable String newerThan,
        int limit) {}
