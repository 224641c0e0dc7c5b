package io.fincore.steps;

import io.fincore.money.EndToEndId;
import io.fincore.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A refund as it stands in the database, as far as steps need it. */
record RefundRow(
        String id,
        String paymentId,
        String tenant,
        String principal,
        Money amount,
        @Nullable String reason,
        EndToEndId endToEndId,
        String status,
        @Nullable String failureCode,
        @Nullable String transactionId,
        Instant createdAt) {

    static RefundRow read(ResultSet row, int number) throws SQLException {
        return new RefundRow(
                row.getString("id"),
                row.getString("payment_id"),
                row.getString("tenant"),
                row.getString("principal"),
                Money.of(row.getLong("amount"), row.getString("currency")),
                row.getString("reason"),
                new EndToEndId(row.getString("end_to_end_id")),
                row.getString("status"),
                row.getString("failure_code"),
                row.getString("transaction_id"),
                row.getTimestamp("created_at").toInstant());
    }
}
