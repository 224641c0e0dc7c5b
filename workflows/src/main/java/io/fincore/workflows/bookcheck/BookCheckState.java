package io.fincore.workflows.bookcheck;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a check stands, and in the end what came of it.
 *
 * @param checkId {@code chk_…}; null until the check has one
 * @param violated names of the checks that found something; the report in the database tells what
 */
public record BookCheckState(@Nullable String checkId, BookCheckStatus status, List<String> violated) {

    public BookCheckState {
        violated = List.copyOf(violated);
    }
}
