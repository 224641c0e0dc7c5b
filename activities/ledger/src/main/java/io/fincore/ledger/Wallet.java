package io.fincore.ledger;

import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.time.Instant;
import java.util.Map;

/**
 * A customer's account in one currency, as it was when it was read.
 *
 * @param balance what is booked
 * @param available the balance less what open holds reserve
 */
public record Wallet(
        String id,
        String tenant,
        String principal,
        String customerId,
        Currency currency,
        WalletStatus status,
        Money balance,
        Money available,
        Instant createdAt,
        Map<String, String> metadata) {

    public Wallet {
        metadata = Map.copyOf(metadata);
    }
}
