package io.fincore.ledger;

import io.fincore.money.Money;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Debit a wallet with money that goes out of the nostro account.
 *
 * @param operationKey see {@link Wallets#deposit}
 * @param amount more than zero
 * @param reference free text on the transaction
 */
public record Withdrawal(
        String operationKey,
        String walletId,
        Money amount,
        @Nullable String reference,
        Map<String, String> metadata) {

    public Withdrawal {
        OperationKey.require(operationKey);
        Amounts.requirePositive(amount);
        metadata = Map.copyOf(metadata);
    }
}
