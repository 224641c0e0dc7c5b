package io.fincore.ledger;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Pay a hold, whole or in part; what is left of it is available again.
 *
 * @param operationKey see {@link Ledger}
 * @param amount more than zero, at most what is held
 * @param reference free text on the transaction
 */
public record SettleHold(
        String operationKey,
        String holdId,
        Money amount,
        @Nullable String reference) {

    public SettleHold {
        OperationKey.require(operationKey);
        IdType.HOLD.require(holdId);
        Amounts.requirePositive(amount);
    }
}
