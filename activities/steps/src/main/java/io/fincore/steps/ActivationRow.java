package io.fincore.steps;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** An account activation as it stands in the database, as far as steps need it. */
record ActivationRow(
        String id,
        String tenant,
        String principal,
        String customerId,
        String walletId,
        String status,
        @Nullable String failureCode) {

    static ActivationRow read(ResultSet row, int number) throws SQLException {
        return new ActivationRow(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("principal"),
                row.getString("customer_id"),
                row.getString("wallet_id"),
                row.getString("status"),
                row.getString("failure_code"));
    }
}
