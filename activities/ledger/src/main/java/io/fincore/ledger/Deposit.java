package io.fincore.ledger;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Credit a wallet with money that came in on the nostro account.
 *
 * @param operationKey see {@link Wallets#deposit}
 * @param amount more than zero
 * @param reference free text on the transaction
 */
public record Deposit(
        String operationKey,
        String walletId,
        Money amount,
        @Nullable String reference) {

    public Deposit {
        OperationKey.require(operationKey);
        IdType.WALLET.require(walletId);
        Amounts.requirePositive(amount);
    }
}
