package io.fincore.api.payments;

import io.fincore.api.lists.Filters;
import io.fincore.money.IdType;
import io.fincore.workflows.payment.PaymentStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which payments of the caller are asked for; null does not restrict. */
record PaymentFilter(
        @Nullable String status,
        @Nullable String customer,
        @Nullable String source,
        @Nullable Instant createdGte,
        @Nullable Instant createdLt) {

    PaymentFilter {
        Filters.requireOneOf("status", PaymentStatus.values(), PaymentStatus::code, status);
        Filters.requireId("customer", IdType.CUSTOMER, customer);
        Filters.requireId("source", IdType.WALLET, source);
    }
}
