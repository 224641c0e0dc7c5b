package io.fincore.api.wallets;

import io.fincore.api.lists.MoneyBody;
import io.fincore.ledger.Wallet;
import io.fincore.ledger.WalletStatus;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * A wallet, as the API shows it.
 *
 * @param available the balance less what open holds reserve
 */
record WalletBody(
        String id,
        String object,
        String customer,
        String currency,
        String status,
        MoneyBody balance,
        MoneyBody available,
        Map<String, String> metadata,
        Instant createdAt) {

    WalletBody withStatus(WalletStatus other) {
        return new WalletBody(id, object, customer, currency, code(other), balance, available, metadata, createdAt);
    }

    private static String code(WalletStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    static WalletBody of(Wallet wallet) {
        return new WalletBody(
                wallet.id(),
                "wallet",
                wallet.customerId(),
                wallet.currency().code(),
                code(wallet.status()),
                MoneyBody.of(wallet.balance()),
                MoneyBody.of(wallet.available()),
                wallet.metadata(),
                wallet.createdAt());
    }
}
