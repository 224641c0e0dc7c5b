package io.fincore.api.compliance;

import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which cases of the tenant are asked for; null does not restrict. */
record CaseFilter(@Nullable String status, @Nullable String assignee) {

    CaseFilter {
        if (status != null && !List.of("open", "resolved").contains(status)) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    "There is no such case status.",
                    List.of(new FieldError("status", "is one of open, resolved")));
        }
    }
}
