package io.fincore.api.refunds;

import io.fincore.api.validation.Metadata;
import io.fincore.api.validation.PlainText;
import io.fincore.money.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of a refund, as the client sends it.
 *
 * @param amount minor units of the payment's currency; absent for all that is left of the payment
 */
record RefundRequest(
        @Nullable @Min(1) @Max(Money.MAX_MINOR_UNITS) Long amount,
        @Nullable @PlainText @Size(max = 140) String reason,
        @Nullable @Metadata Map<String, String> metadata) {

    /** All that is left, for no stated reason: what a request without a body asks for. */
    static final RefundRequest REMAINDER = new RefundRequest(null, null, null);
}
