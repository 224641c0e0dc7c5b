package io.fincore.ledger;

import io.fincore.money.IdType;
import io.fincore.money.Money;

/**
 * Reserve an amount of a wallet.
 *
 * @param operationKey see {@link Ledger}
 * @param holdId the id of the new hold; a repeated command may carry another one and is answered with the first
 * @param amount more than zero
 */
public record PlaceHold(String operationKey, String holdId, String walletId, Money amount) {

    public PlaceHold {
        OperationKey.require(operationKey);
        IdType.HOLD.require(holdId);
        IdType.WALLET.require(walletId);
        Amounts.requirePositive(amount);
    }
}
