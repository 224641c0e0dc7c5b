package io.fincore.ledger;

import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How wallets are selected and read. */
final class WalletRows {

    static final String SELECT = """
            SELECT w.id, w.tenant, w.principal, w.customer_id, w.currency, w.status, w.created_at,
                   b.posted, b.posted - b.held AS available,\s""" + Metadata.columns("w") + """

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
                Metadata.read(row));
    }
}
