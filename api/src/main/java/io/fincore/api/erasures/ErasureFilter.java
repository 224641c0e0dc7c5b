package io.fincore.api.erasures;

import io.fincore.api.lists.IdFilter;
import io.fincore.api.problem.ProblemException;
import io.fincore.money.IdType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which erasures are asked for; null does not restrict. */
record ErasureFilter(
        @Nullable String status,
        @Nullable String customer,
        @Nullable Instant deadlineGte,
        @Nullable Instant deadlineLt) {

    private static final List<String> STATUSES = List.of("pending", "overdue", "completed", "cancelled");

    ErasureFilter {
        if (status != null && !STATUSES.contains(status)) {
            throw ProblemException.parameter("status", "is one of " + String.join(", ", STATUSES));
        }
        IdFilter.require("customer", IdType.CUSTOMER, customer);
    }
}
