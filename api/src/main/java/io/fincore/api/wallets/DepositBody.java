package io.fincore.api.wallets;

import io.fincore.api.lists.MoneyBody;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A booked deposit.
 *
 * @param transaction its ledger transaction, by whose id it goes
 * @param metadata as it was sent
 */
record DepositBody(
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
        Instant createdAt) {}
