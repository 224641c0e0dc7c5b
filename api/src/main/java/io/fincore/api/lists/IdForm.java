package io.fincore.api.lists;

import io.fincore.money.IdType;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How the ids of something look.
 *
 * @param words what a parameter is that has one: "is an id of the form pay_…"
 */
public record IdForm(String words, Predicate<String> form) {

    /** Ids of these kinds. */
    public static IdForm of(IdType... kinds) {
        List<IdType> all = List.of(kinds);
        return new IdForm(
                all.stream()
                        .map(kind -> kind.prefix() + "_…")
                        .collect(Collectors.joining(" or ", "is an id of the form ", "")),
                id -> all.stream().anyMatch(kind -> kind.matches(id)));
    }

    public boolean matches(String id) {
        return form.test(id);
    }
}
