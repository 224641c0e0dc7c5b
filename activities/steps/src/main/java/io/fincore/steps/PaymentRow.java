package io.fincore.steps;

import io.fincore.money.EndToEndId;
import io.fincore.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A payment as it stands in the database, as far as steps need it. */
record PaymentRow(
        String id,
        String tenant,
        String principal,
        String customerId,
        String source,
        Money amount,
        String creditorName,
        String creditorIban,
        @Nullable String creditorBic,
        @Nullable String reference,
        @Nullable String clientIp,
        EndToEndId endToEndId,
        String holdId,
        String status,
        @Nullable String pendingStatus,
        @Nullable String failureCode,
        @Nullable String failureDetail,
        long refundedAmount,
        long refundReserved,
        String correlationId,
        Instant createdAt) {

    /** What no refund has taken or set aside. */
    Money refundable() {
        return Money.of(
                amount.minorUnits() - refundedAmount - refundReserved,
                amount.currency().code());
    }

    static PaymentRow read(ResultSet row, int number) throws SQLException {
        return new PaymentRow(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("principal"),
                row.getString("customer_id"),
                row.getString("source"),
                Money.of(row.getLong("amount"), row.getString("currency")),
                row.getString("creditor_name"),
                row.getString("creditor_iban"),
                row.getString("creditor_bic"),
                row.getString("reference"),
                row.getString("client_ip"),
                new EndToEndId(row.getString("end_to_end_id")),
                row.getString("hold_id"),
                row.getString("status"),
                row.getString("pending_status"),
                row.getString("failure_code"),
                row.getString("failure_detail"),
                row.getLong("refunded_amount"),
                row.getLong("refund_reserved"),
                row.getString("correlation_id"),
                row.getTimestamp("created_at").toInstant());
    }
}
