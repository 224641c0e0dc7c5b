package io.fincore.api.erasures;

import io.fincore.api.lists.Filters;
import io.fincore.money.IdType;
import io.fincore.workflows.erasure.ErasureStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which erasures are asked for; null does not restrict. */
record ErasureFilter(
        @Nullable String status,
        @Nullable String customer,
        @Nullable Instant deadlineGte,
        @Nullable Instant deadlineLt) {

    ErasureFilter {
        Filters.requireOneOf("status", ErasureStatus.values(), ErasureStatus::code, status);
        Filters.requireId("customer", IdType.CUSTOMER, customer);
    }
}
