package io.fincore.providers;

import io.fincore.money.EndToEndId;
import io.fincore.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a {@link Bank} return a settled credit transfer, or part of it. A request that is sent again must be equal to the first, as
 * a {@link CreditTransfer} must.
 *
 * @param id of the return itself: that of a refund, {@code FR…}
 * @param original the transfer that is to come back: that of a payment, {@code FC…}
 * @param amount more than zero; together with all earlier returns at most what was transferred, which is for the bank to check
 * @param reason in any words; null if none was given. Cut to 105 characters of SWIFT's character set on the wire.
 * @param createdAt when the refund was created: the message's creation time and, as a date in UTC, its settlement date
 */
public record ReturnRequest(
        EndToEndId id,
        EndToEndId original,
        Money amount,
        @Nullable String reason,
        Instant createdAt) {

    public ReturnRequest {
        if (!id.isRefund()) {
            throw new IllegalArgumentException(id + " is not the end-to-end id of a refund");
        }
        if (original.isRefund()) {
            throw new IllegalArgumentException(original + " is not the end-to-end id of a payment");
        }
        if (amount.isZero()) {
            throw new IllegalArgumentException("a return of zero cannot be requested");
        }
    }
}
