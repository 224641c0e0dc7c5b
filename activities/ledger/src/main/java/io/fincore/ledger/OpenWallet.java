package io.fincore.ledger;

import io.fincore.money.Currency;
import io.fincore.money.IdType;
import java.util.Map;

/**
 * Open a customer's wallet in a currency.
 *
 * @param metadata the client's own data, kept and returned as it is
 */
public record OpenWallet(
        String tenant, String principal, String customerId, Currency currency, Map<String, String> metadata) {

    public OpenWallet {
        if (tenant.isBlank() || principal.isBlank()) {
            throw new IllegalArgumentException("a wallet has an owner: tenant and principal");
        }
        IdType.CUSTOMER.require(customerId);
        metadata = Map.copyOf(metadata);
    }
}
