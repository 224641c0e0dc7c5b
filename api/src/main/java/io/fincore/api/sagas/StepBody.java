package io.fincore.api.sagas;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of a saga, or the undo of one.
 *
 * @param number place in the saga; an undo has the number of the step it undoes
 * @param round 1, or more for what was done after the saga's object was opened again
 * @param status {@code PENDING}, {@code IN_PROGRESS}, {@code SUCCEEDED}, {@code FAILED} or {@code COMPENSATED}
 * @param request what is kept of it, as it is stored
 * @param response as it is stored
 * @param error of the last attempt that failed; may hold what a machine said
 * @param maxAttempts after so many faults it is given up, outages not counted; null if it is not
 * @param compensates name of the step that this one undoes
 * @param compensation name of the step by which this one was undone, or is being undone
 */
record StepBody(
        int number,
        int round,
        String name,
        String status,
        @Nullable JsonNode request,
        @Nullable JsonNode response,
        @Nullable String error,
        int attempts,
        @Nullable Integer maxAttempts,
        Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable String compensates,
        @Nullable String compensation) {}
