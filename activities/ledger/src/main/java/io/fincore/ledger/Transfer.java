package io.fincore.ledger;

import io.fincore.money.Money;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Move money from one wallet to another of the same currency.
 *
 * @param operationKey see {@link Wallets#deposit}
 * @param amount more than zero
 * @param reference free text on the transaction
 */
public record Transfer(
        String operationKey,
        String source,
        String destination,
        Money amount,
        @Nullable String reference,
        Map<String, String> metadata) {

    public Transfer {
        OperationKey.require(operationKey);
        require(source, destination, amount);
        metadata = Map.copyOf(metadata);
    }

    static void require(String source, String destination, Money amount) {
        if (source.equals(destination)) {
            throw new IllegalArgumentException("a transfer has two wallets");
        }
        Amounts.requirePositive(amount);
    }
}
