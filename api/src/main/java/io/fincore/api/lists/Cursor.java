package io.fincore.api.lists;

import io.fincore.api.problem.ProblemException;
import io.fincore.money.IdType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for. Ids sort by time, so an id is a position.
 *
 * @param ids of what is listed: a cursor that looks otherwise would be before all of them, or behind all
 * @param limit 1 to 100
 * @param startingAfter exclusive: what is older than this id
 * @param endingBefore exclusive: what is newer than this id, the nearest first taken; not together with {@code startingAfter}
 */
public record Cursor(
        IdForm ids,
        int limit,
        @Nullable String startingAfter,
        @Nullable String endingBefore) {

    public Cursor {
        if (limit < 1 || limit > 100) {
            throw ProblemException.parameter("limit", "is 1 to 100");
        }
        if (startingAfter != null && endingBefore != null) {
            throw ProblemException.parameter("ending_before", "cannot be combined with starting_after");
        }
        Filters.requireId("starting_after", ids, startingAfter);
        Filters.requireId("ending_before", ids, endingBefore);
    }

    /** @param kind of the ids of what is listed */
    public Cursor(IdType kind, int limit, @Nullable String startingAfter, @Nullable String endingBefore) {
        this(IdForm.of(kind), limit, startingAfter, endingBefore);
    }

    /** Whether rows are to be read from old to new. */
    public boolean ascending() {
        return endingBefore != null;
    }

    /** One more than the limit: the extra row tells whether there is more. */
    public int fetch() {
        return limit + 1;
    }

    /** @param rows at most {@link #fetch()} of them, read in the order that {@link #ascending()} tells */
    public <T> ListBody<T> page(List<T> rows, String url) {
        boolean hasMore = rows.size() > limit;
        List<T> data = new ArrayList<>(hasMore ? rows.subList(0, limit) : rows);
        if (ascending()) {
            Collections.reverse(data);
        }
        return new ListBody<>("list", data, hasMore, url);
    }
}
