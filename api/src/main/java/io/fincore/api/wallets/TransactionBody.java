package io.fincore.api.wallets;

import io.fincore.api.lists.MoneyBody;
import io.fincore.ledger.Movement;
import io.fincore.ledger.Side;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ledger transaction, as one of its wallets sees it.
 *
 * @param balanceAfter of the wallet
 */
record TransactionBody(
        String id,
        String object,

        @Schema(allowableValues = {"deposit", "withdrawal", "transfer", "settlement", "reversal"})
        String type,

        @Schema(allowableValues = {"credit", "debit"}) String direction,

        long amount,
        String currency,
        MoneyBody balanceAfter,

        @Schema(description = "The wallet on the other side; null if that is an account of the platform") @Nullable
        String counterpart,

        @Nullable String reference,

        @Schema(description = "The hold that was settled") @Nullable
        String hold,

        @Schema(description = "The transaction that was booked back") @Nullable
        String reverses,

        Map<String, String> metadata,
        Instant createdAt) {

    static TransactionBody of(Movement movement) {
        return new TransactionBody(
                movement.transactionId(),
                "transaction",
                movement.kind().name().toLowerCase(Locale.ROOT),
                movement.side() == Side.CREDIT ? "credit" : "debit",
                movement.amount().minorUnits(),
                movement.amount().currency().code(),
                MoneyBody.of(movement.balanceAfter()),
                movement.counterpart(),
                movement.reference(),
                movement.holdId(),
                movement.reverses(),
                movement.metadata(),
                movement.bookedAt());
    }
}
