package io.fincore.ledger;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Book a transaction back, whole or in part.
 *
 * @param operationKey see {@link Ledger}
 * @param amount more than zero; all reversals of a transaction together are at most its amount
 * @param reference free text on the transaction
 */
public record Reverse(
        String operationKey,
        String originalTransactionId,
        Money amount,
        @Nullable String reference) {

    public Reverse {
        OperationKey.require(operationKey);
        IdType.TRANSACTION.require(originalTransactionId);
        Amounts.requirePositive(amount);
    }
}
