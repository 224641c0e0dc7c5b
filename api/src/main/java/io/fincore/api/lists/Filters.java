package io.fincore.api.lists;

import io.fincore.api.problem.ProblemException;
import io.fincore.money.IdType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What lists are filtered by: a value that there cannot be would find nothing, as if there were nothing. Null does not filter. */
public final class Filters {

    private Filters() {}

    /** @throws ProblemException 400 if it has not the form of an id of this kind */
    public static void requireId(String parameter, IdType type, @Nullable String id) {
        requireId(parameter, IdForm.of(type), id);
    }

    /** @throws ProblemException 400 if it has another form */
    static void requireId(String parameter, IdForm form, @Nullable String id) {
        if (id != null && !form.matches(id)) {
            throw ProblemException.parameter(parameter, form.words());
        }
    }

    /** @throws ProblemException as with the codes */
    public static <E> void requireOneOf(String parameter, E[] known, Function<E, String> code, @Nullable String given) {
        requireOneOf(parameter, Arrays.stream(known).map(code).toList(), given);
    }

    /** @throws ProblemException 400 that names what there is */
    public static void requireOneOf(String parameter, List<String> known, @Nullable String given) {
        if (given != null && !known.contains(given)) {
            throw ProblemException.parameter(parameter, "is one of " + String.join(", ", known));
        }
    }
}
