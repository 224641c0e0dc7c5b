package io.fincore.ledger;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Pay a hold, whole or in part.
 *
 * @param operationKey see {@link Ledger}
 * @param amount more than zero, at most what is still held
 * @param reference free text on the transaction
 * @param rest what becomes of what is then left of the hold
 */
public record SettleHold(
        String operationKey,
        String holdId,
        Money amount,
        @Nullable String reference,
        Rest rest) {

    /** What is left of a hold after a part of it was settled. */
    public enum Rest {
        /** It is available again: the hold is resolved. */
        GIVEN_BACK,
        /** It stays held for parts to come. Settling the last unit resolves the hold all the same. */
        STAYS_HELD
    }

    public SettleHold {
        OperationKey.require(operationKey);
        IdType.HOLD.require(holdId);
        Amounts.requirePositive(amount);
    }

    /** The only part, or the last. */
    public SettleHold(String operationKey, String holdId, Money amount, @Nullable String reference) {
        this(operationKey, holdId, amount, reference, Rest.GIVEN_BACK);
    }
}
