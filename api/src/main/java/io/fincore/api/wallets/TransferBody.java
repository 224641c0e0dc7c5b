package io.fincore.api.wallets;

import io.fincore.api.lists.MoneyBody;
import io.fincore.ledger.TransferOutcome;
import io.fincore.money.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A booked transfer.
 *
 * @param transaction its ledger transaction, by whose id it goes
 * @param metadata as it was sent
 */
record TransferBody(
        String id,
        String object,
        String transaction,
        long amount,
        String currency,
        @Nullable String reference,
        Side source,
        Side destination,
        Map<String, String> metadata,
        Instant createdAt) {

    /** A wallet of the transfer, and what it held around it. */
    record Side(String wallet, MoneyBody balanceBefore, MoneyBody balanceAfter) {

        static Side of(String walletId, Money before, Money after) {
            return new Side(walletId, MoneyBody.of(before), MoneyBody.of(after));
        }
    }

    static TransferBody of(TransferRequest request, TransferOutcome.Transferred booked) {
        return new TransferBody(
                booked.transactionId(),
                "transfer",
                booked.transactionId(),
                request.amount(),
                request.currency(),
                request.reference(),
                Side.of(request.source(), booked.sourceBefore(), booked.sourceAfter()),
                Side.of(request.destination(), booked.destinationBefore(), booked.destinationAfter()),
                request.givenMetadata(),
                booked.bookedAt());
    }
}
