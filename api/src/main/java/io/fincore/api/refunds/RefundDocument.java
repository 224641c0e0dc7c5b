package io.fincore.api.refunds;

import io.fincore.api.orders.Failure;
import io.fincore.money.EndToEndId;
import io.fincore.money.Money;
import io.fincore.workflows.refund.RefundReservation;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checked order.
 *
 * @param payment {@code pay_…}
 * @param amount null for the remainder
 * @param currency of the payment
 */
record RefundDocument(
        String payment,
        @Nullable Long amount,
        String currency,
        @Nullable String reason,
        Map<String, String> metadata) {

    static RefundDocument of(RefundRequest request, String paymentId, String currency) {
        return new RefundDocument(
                paymentId,
                request.amount(),
                currency,
                request.reason(),
                request.metadata() == null ? Map.of() : request.metadata());
    }

    @Nullable
    Money money() {
        return amount == null ? null : Money.of(amount, currency);
    }

    /** What is shown as long as there is no row: a refund that is not created yet, or never will be. */
    StoredRefund unwritten(
            String refundId, Instant claimedAt, RefundReservation.@Nullable Refused refusal, Instant updatedAt) {
        RefundBody body = new RefundBody(
                refundId,
                "refund",
                payment,
                amount,
                currency,
                refusal == null ? "pending" : "failed",
                reason,
                refusal == null ? null : Failure.of(refusal.code(), refusal.detail()),
                null,
                EndToEndId.ofRefund(refundId).value(),
                metadata,
                claimedAt,
                updatedAt);
        return new StoredRefund(body, 0, refusal);
    }

    /** One line for Temporal's Web UI. */
    String summary() {
        Money money = money();
        return (money == null ? "the remainder" : money) + " of " + payment;
    }
}
