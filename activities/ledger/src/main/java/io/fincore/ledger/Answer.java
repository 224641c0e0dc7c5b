package io.fincore.ledger;

import io.fincore.money.Currency;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a movement's SQL function returns; which parts are set depends on the outcome. */
record Answer(
        String outcome,
        @Nullable String id,
        long amount,
        @Nullable String detail,
        @Nullable Instant bookedAt) {

    String requiredId() {
        return Objects.requireNonNull(id, outcome);
    }

    Instant requiredBookedAt() {
        return Objects.requireNonNull(bookedAt, outcome);
    }

    static Answer read(ResultSet row, String amountColumn) throws SQLException {
        return new Answer(
                row.getString("outcome"),
                row.getString("id"),
                row.getLong(amountColumn),
                row.getString("detail"),
                Columns.nullableInstant(row, "booked_at"));
    }

    CurrencyMismatch currencyMismatch() {
        return new CurrencyMismatch(new Currency(Objects.requireNonNull(detail, outcome)));
    }

    WalletNotActive walletNotActive() {
        return new WalletNotActive(walletStatus());
    }

    WalletStatus walletStatus() {
        return Columns.constant(WalletStatus.class, Objects.requireNonNull(detail, outcome));
    }

    HoldResolved holdResolved() {
        return new HoldResolved(Columns.constant(HoldStatus.class, Objects.requireNonNull(detail, outcome)));
    }

    /** For an outcome that the function called does not have. */
    IllegalStateException unexpected() {
        return new IllegalStateException("the database answered '" + outcome + "', which this version does not know");
    }
}
