package io.fincore.api.wallets;

import io.fincore.api.lists.MoneyBody;
import io.fincore.money.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A booked deposit or withdrawal.
 *
 * @param transaction its ledger transaction, by whose id it goes
 * @param metadata as it was sent
 */
record MovementBody(
        String id,
        String object,
        String transaction,
        String wallet,
        long amount,
        String currency,
        @Nullable String reference,
        MoneyBody balanceBefore,
        MoneyBody balanceAfter,
        Map<String, String> metadata,
        Instant createdAt) {

    static MovementBody of(
            String object,
            String walletId,
            MovementRequest request,
            String transactionId,
            Money before,
            Money after,
            Instant bookedAt) {
        return new MovementBody(
                transactionId,
                object,
                transactionId,
                walletId,
                request.amount(),
                request.currency(),
                request.reference(),
                MoneyBody.of(before),
                MoneyBody.of(after),
                request.givenMetadata(),
                bookedAt);
    }
}
