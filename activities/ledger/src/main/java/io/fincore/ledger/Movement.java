package io.fincore.ledger;

import io.fincore.money.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A transaction, as one of its wallets sees it.
 *
 * @param seq the place among the movements of the wallet, 1 for the first, without gaps
 * @param side {@link Side#CREDIT} if the wallet got the amount, {@link Side#DEBIT} if it gave it
 * @param balanceAfter of the wallet
 * @param counterpart the wallet on the other side of a transfer; null if the other side is an account of the house
 * @param holdId the hold that was settled
 * @param reverses the transaction that was booked back
 */
public record Movement(
        long seq,
        String transactionId,
        TransactionKind kind,
        Side side,
        Money amount,
        Money balanceAfter,
        @Nullable String counterpart,
        @Nullable String reference,
        @Nullable String holdId,
        @Nullable String reverses,
        Map<String, String> metadata,
        Instant bookedAt) {

    public Movement {
        metadata = Map.copyOf(metadata);
    }
}
