package io.fincore.ledger;

import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** How wallets are selected and read. */
final class WalletRows {

    static final String SELECT = """
            SELECT w.id, w.tenant, w.principal, w.customer_id, w.currency, w.status, w.created_at,
                   b.posted, b.posted - b.held AS available,
                   ARRAY(SELECT key FROM jsonb_each_text(w.metadata) ORDER BY key) AS metadata_keys,
                   ARRAY(SELECT value FROM jsonb_each_text(w.metadata) ORDER BY key) AS metadata_values
              FROM ledger.wallet w JOIN ledger.account_balance b ON b.account_id = w.account_id
            """;

    private WalletRows() {}

    static Wallet read(ResultSet row, int number) throws SQLException {
        Currency currency = new Currency(row.getString("currency"));
        return new Wallet(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("principal"),
                row.getString("customer_id"),
                currency,
                Columns.constant(WalletStatus.class, row.getString("status")),
                new Money(row.getLong("posted"), currency),
                new Money(row.getLong("available"), currency),
                Columns.instant(row, "created_at"),
                metadata(row));
    }

    /** Keys and values one after the other, as {@code jsonb_object} takes them. */
    static String[] flatten(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new);
    }

    private static Map<String, String> metadata(ResultSet row) throws SQLException {
        String[] keys = (String[]) row.getArray("metadata_keys").getArray();
        String[] values = (String[]) row.getArray("metadata_values").getArray();
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < keys.length; i++) {
            metadata.put(keys[i], values[i]);
        }
        return metadata;
    }
}
