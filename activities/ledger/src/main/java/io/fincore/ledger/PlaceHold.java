package io.fincore.ledger;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reserve an amount of a wallet.
 *
 * @param operationKey see {@link Ledger}
 * @param holdId the id of the new hold; a repeated command may carry another one and is answered with the first
 * @param amount more than zero
 * @param expiresAt the first instant, to the microsecond, at which the hold can be settled no more; null for never, as a saga wants it
 */
public record PlaceHold(
        String operationKey,
        String holdId,
        String walletId,
        Money amount,
        @Nullable Instant expiresAt) {

    public PlaceHold {
        OperationKey.require(operationKey);
        IdType.HOLD.require(holdId);
        IdType.WALLET.require(walletId);
        Amounts.requirePositive(amount);
    }

    public PlaceHold(String operationKey, String holdId, String walletId, Money amount) {
        this(operationKey, holdId, walletId, amount, null);
    }
}
