package io.fincore.workflows.refund;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants back, checked by the API.
 *
 * @param refundId {@code ref_…}
 * @param paymentId the completed payment, {@code pay_…}
 * @param amount more than zero, in the payment's currency; null for all that is left of the payment
 * @param reason free text, at most 140 characters
 * @param metadata the client's own data, kept and returned as it is
 * @param correlationId the id that ties logs, workflow and bank messages together
 * @param deadline when a refund that the bank has not been asked for fails, and one whose outcome is unknown goes to an operator
 */
public record RefundOrder(
        String refundId,
        String paymentId,
        String tenant,
        String principal,
        @Nullable Money amount,
        @Nullable String reason,
        Map<String, String> metadata,
        String correlationId,
        Instant orderedAt,
        Instant deadline) {

    public RefundOrder {
        IdType.REFUND.require(refundId);
        IdType.PAYMENT.require(paymentId);
        if (amount != null && amount.isZero()) {
            throw new IllegalArgumentException("a refund's amount is more than zero");
        }
        metadata = Map.copyOf(metadata);
    }
}
