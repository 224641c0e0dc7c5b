package io.fincore.api.refunds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.database.Columns;
import io.fincore.api.database.ReadDatabase;
import io.fincore.api.lists.Cursor;
import io.fincore.api.orders.Failure;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import io.fincore.workflows.refund.RefundReservation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads a caller's refunds: rows that the worker has written, and orders that Temporal has confirmed but of which the worker has
 * written nothing, or has written that nothing was created. An order whose client was refused at once is no refund.
 */
@Component
class RefundReader {

    private static final String ROWS = """
            SELECT id, version, payment_id, amount, currency, status, reason, failure_code, failure_detail, transaction_id,
                   end_to_end_id, metadata::text AS metadata, created_at, updated_at, NULL AS document
            FROM read.refund
            WHERE tenant = :tenant AND principal = :principal
            """;

    private static final String STARTED_CLAIMS = """
            SELECT resource_id, 0, document ->> 'payment', NULL, NULL, NULL, NULL, refused.code, refused.detail, NULL,
                   NULL, NULL, created_at, coalesce(refused.completed_at, created_at), document::text
            FROM intake.idempotency_key claim
            LEFT JOIN read.refused_refund refused ON refused.id = claim.resource_id
            WHERE tenant = :tenant AND principal = :principal AND started_at IS NOT NULL
              AND operation = 'refunds.create' AND coalesce(claim.status, 0) < 400
              AND NOT EXISTS (SELECT FROM read.refund r WHERE r.id = claim.resource_id)
            """;

    private final JdbcClient jdbc;
    private final JdbcClient reads;
    private final ObjectMapper json;

    RefundReader(JdbcClient jdbc, ReadDatabase reads, ObjectMapper json) {
        this.jdbc = jdbc;
        this.reads = reads.jdbc();
        this.json = json;
    }

    /** Empty also for a refund of someone else. */
    Optional<StoredRefund> find(Caller caller, String refundId) {
        return IdType.REFUND.matches(refundId)
                ? jdbc
                        .sql(ROWS + " AND id = :id UNION ALL " + STARTED_CLAIMS + " AND resource_id = :id")
                        .param("tenant", caller.tenant())
                        .param("principal", caller.principal())
                        .param("id", refundId)
                        .query((row, number) -> read(row))
                        .list()
                        .stream()
                        // Should the row appear between the two halves, the first one counts.
                        .findFirst()
                : Optional.empty();
    }

    /** Whether a refund was created. */
    boolean isCreated(String refundId) {
        return exists("SELECT EXISTS (SELECT FROM read.refund WHERE id = :id)", refundId);
    }

    /** Whether the worker knows the order, be it that it has refused it: then its workflow must not be started again. */
    boolean isWritten(String refundId) {
        return isCreated(refundId)
                || exists("SELECT EXISTS (SELECT FROM read.refused_refund WHERE id = :id)", refundId);
    }

    private boolean exists(String sql, String refundId) {
        return jdbc.sql(sql).param("id", refundId).query(Boolean.class).single();
    }

    List<StoredRefund> list(Caller caller, String paymentId, Cursor cursor) {
        String order = cursor.ascending() ? " ORDER BY id LIMIT :limit" : " ORDER BY id DESC LIMIT :limit";
        String rows = ROWS + """
                 AND payment_id = :payment
                 AND (:after::text IS NULL OR id < :after)
                 AND (:before::text IS NULL OR id > :before)
                """ + order;
        String claims = STARTED_CLAIMS + """
                 AND document ->> 'payment' = :payment
                 AND (:after::text IS NULL OR resource_id < :after)
                 AND (:before::text IS NULL OR resource_id > :before)
                """ + order.replace("BY id", "BY resource_id");
        return reads.sql("(" + rows + ") UNION ALL (" + claims + ")" + order)
                .param("tenant", caller.tenant())
                .param("principal", caller.principal())
                .param("payment", paymentId)
                .param("after", cursor.startingAfter())
                .param("before", cursor.endingBefore())
                .param("limit", cursor.fetch())
                .query((row, number) -> read(row))
                .list();
    }

    private StoredRefund read(ResultSet row) throws SQLException {
        String document = row.getString("document");
        String failure = row.getString("failure_code");
        String detail = row.getString("failure_detail");
        if (document != null) {
            return parse(document, new TypeReference<RefundDocument>() {})
                    .unwritten(
                            row.getString("id"),
                            Columns.instant(row, "created_at"),
                            failure == null ? null : new RefundReservation.Refused(failure, String.valueOf(detail)),
                            Columns.instant(row, "updated_at"));
        }
        return new StoredRefund(
                new RefundBody(
                        row.getString("id"),
                        "refund",
                        row.getString("payment_id"),
                        row.getLong("amount"),
                        row.getString("currency"),
                        row.getString("status"),
                        row.getString("reason"),
                        Failure.of(failure, detail),
                        row.getString("transaction_id"),
                        row.getString("end_to_end_id"),
                        parse(row.getString("metadata"), new TypeReference<Map<String, String>>() {}),
                        Columns.instant(row, "created_at"),
                        Columns.instant(row, "updated_at")),
                row.getInt("version"),
                null);
    }

    private <T> T parse(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored refund cannot be read", broken);
        }
    }
}
