package io.fincore.ledger;

import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How open holds are read. */
final class HoldRows {

    /** Of the table as {@code h}. */
    static final String COLUMNS = """
            h.id AS hold_id, h.wallet_id, h.amount, h.amount - h.settled_amount AS still_held, h.placed_at, h.expires_at
            """;

    private HoldRows() {}

    static PendingHold read(ResultSet row, Currency currency) throws SQLException {
        return new PendingHold(
                row.getString("hold_id"),
                row.getString("wallet_id"),
                new Money(row.getLong("amount"), currency),
                new Money(row.getLong("still_held"), currency),
                Columns.instant(row, "placed_at"),
                Columns.nullableInstant(row, "expires_at"));
    }
}
