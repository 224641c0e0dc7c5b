package io.fincore.ledger;

import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How open holds are read. */
final class HoldRows {

    private HoldRows() {}

    static PendingHold read(ResultSet row, Currency currency) throws SQLException {
        return new PendingHold(
                row.getString("hold_id"),
                row.getString("wallet_id"),
                new Money(row.getLong("amount"), currency),
                Columns.instant(row, "placed_at"));
    }
}
