package io.fincore.ledger;

import io.fincore.money.Money;
import java.util.Map;
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
        @Nullable String reference,
        Map<String, String> metadata) {

    public Deposit {
        OperationKey.require(operationKey);
        Amounts.requirePositive(amount);
        metadata = Map.copyOf(metadata);
    }

    /** One without metadata. */
    public Deposit(String operationKey, String walletId, Money amount, @Nullable String reference) {
        this(operationKey, walletId, amount, reference, Map.of());
    }
}
