package io.fincore.api.compliance;

import io.fincore.api.lists.Filters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which cases of the tenant are asked for; null does not restrict. */
record CaseFilter(@Nullable String status, @Nullable String assignee) {

    CaseFilter {
        Filters.requireOneOf("status", List.of("open", "resolved"), status);
    }
}
