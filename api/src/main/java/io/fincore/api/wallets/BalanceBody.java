package io.fincore.api.wallets;

import io.fincore.api.lists.MoneyBody;
import io.fincore.ledger.Balance;
import io.fincore.ledger.PastBalance;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a wallet holds at one moment.
 *
 * @param pendingHolds what payments under way have reserved, the oldest first; null for a moment that has passed
 */
record BalanceBody(
        String object,
        String wallet,
        MoneyBody balance,
        MoneyBody available,

        @Schema(
                types = {"array", "null"},
                description =
                        "What payments under way have reserved, the oldest first; null with `at`: which holds were open"
                                + " then is not told, their sum is `balance` less `available`")
        @Nullable
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
                        .map(hold -> new PendingHold(hold.holdId(), MoneyBody.of(hold.held()), hold.placedAt()))
                        .toList(),
                balance.at());
    }

    static BalanceBody of(String walletId, PastBalance past) {
        return new BalanceBody(
                "balance", walletId, MoneyBody.of(past.balance()), MoneyBody.of(past.available()), null, past.at());
    }
}
