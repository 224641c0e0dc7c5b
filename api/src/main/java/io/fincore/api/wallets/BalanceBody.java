package io.fincore.api.wallets;

import io.fincore.api.lists.MoneyBody;
import io.fincore.ledger.Balance;
import java.time.Instant;
import java.util.List;

/**
 * What a wallet holds at one moment.
 *
 * @param pendingHolds what payments under way have reserved, the oldest first
 */
record BalanceBody(
        String object,
        String wallet,
        MoneyBody balance,
        MoneyBody available,
        List<PendingHold> pendingHolds,
        Instant at) {

    record PendingHold(String id, MoneyBody amount, Instant createdAt) {}

    static BalanceBody of(String walletId, Balance balance) {
        return new BalanceBody(
                "balance",
                walletId,
                MoneyBody.of(balance.balance()),
                MoneyBody.of(balance.available()),
                balance.pendingHolds().stream()
                        .map(hold -> new PendingHold(hold.holdId(), MoneyBody.of(hold.amount()), hold.placedAt()))
                        .toList(),
                balance.at());
    }
}
