package io.fincore.ledger;

import io.fincore.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One side of a transaction, on one account.
 *
 * @param seq the place among the entries of its account, 1 for the first
 * @param balanceAfter of a customer's wallet; null on system accounts
 */
public record Entry(
        long accountId,
        AccountCode account,
        long seq,
        Side side,
        Money amount,
        @Nullable Money balanceAfter) {}
