package io.fincore.api.payments;

import io.fincore.api.lists.IdFilter;
import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.money.IdType;
import io.fincore.workflows.payment.PaymentStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which payments of the caller are asked for; null does not restrict. */
record PaymentFilter(
        @Nullable String status,
        @Nullable String customer,
        @Nullable String source,
        @Nullable Instant createdGte,
        @Nullable Instant createdLt) {

    PaymentFilter {
        if (status != null
                && Arrays.stream(PaymentStatus.values())
                        .noneMatch(one -> one.code().equals(status))) {
            String known = Arrays.stream(PaymentStatus.values())
                    .map(PaymentStatus::code)
                    .collect(Collectors.joining(", "));
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    "There is no such payment status.",
                    List.of(new FieldError("status", "is one of " + known)));
        }
        IdFilter.require("customer", IdType.CUSTOMER, customer);
        IdFilter.require("source", IdType.WALLET, source);
    }
}
