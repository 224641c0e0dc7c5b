package io.fincore.api.lists;

import io.fincore.api.problem.ProblemException;
import io.fincore.money.IdType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An id to filter a list by: one of another form would find nothing, as if there were nothing. */
public final class IdFilter {

    private IdFilter() {}

    /** @throws ProblemException 400 if it has not the form of an id of this kind; null does not filter */
    public static void require(String parameter, IdType type, @Nullable String id) {
        if (id != null && !type.matches(id)) {
            throw ProblemException.parameter(
                    parameter, "is the id of a " + type.name().toLowerCase(Locale.ROOT) + ", " + type.prefix() + "_…");
        }
    }
}
