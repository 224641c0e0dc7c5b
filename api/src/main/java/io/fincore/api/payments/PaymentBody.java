package io.fincore.api.payments;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fincore.api.orders.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payment, as the API shows it.
 *
 * @param amount minor units, as are the refunded ones
 * @param decision null until it is made
 * @param failure why it ended without moving money
 * @param complianceCase the case a person decides it in
 */
record PaymentBody(
        String id,
        String object,
        String status,
        String source,
        String customer,
        long amount,
        String currency,
        long refundedAmount,
        Creditor creditor,
        @Nullable String reference,
        String endToEndId,
        @Nullable Decision decision,
        @Nullable Failure failure,
        @JsonProperty("case") @Nullable String complianceCase,
        Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt) {

    record Creditor(String name, String iban, @Nullable String bic) {}

    /** @param outcome {@code approved}, {@code declined} or {@code review} */
    record Decision(String outcome, List<Reason> reasons) {}

    record Reason(String code, String detail) {}
}
