package io.fincore.api.payments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.database.Columns;
import io.fincore.api.database.ReadDatabase;
import io.fincore.api.lists.Cursor;
import io.fincore.api.orders.Failure;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads a caller's payments: rows that the worker has written, and orders that Temporal has confirmed but the worker has not
 * written yet, so that a 202 is never followed by a 404.
 */
@Component
class PaymentReader {

    private static final String ROWS = """
            SELECT id, version, status, source, customer_id, amount, currency, refunded_amount, creditor_name, creditor_iban,
                   creditor_bic, reference, end_to_end_id, decision_outcome, decision_reasons::text AS decision_reasons,
                   failure_code, failure_detail, case_id, metadata::text AS metadata, created_at, updated_at,
                   NULL AS document
            FROM read.payment
            WHERE tenant = :tenant AND principal = :principal
            """;

    private static final String STARTED_CLAIMS = """
            SELECT resource_id, 0, 'pending', document ->> 'source', document ->> 'customer_id',
                   (document ->> 'amount')::bigint, document ->> 'currency', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                   NULL, NULL, NULL, NULL, created_at, created_at, document::text
            FROM intake.idempotency_key claim
            WHERE tenant = :tenant AND principal = :principal AND started_at IS NOT NULL
              AND operation = 'payments.create'
              AND NOT EXISTS (SELECT FROM read.payment p WHERE p.id = claim.resource_id)
            """;

    private final JdbcClient jdbc;
    private final JdbcClient reads;
    private final ObjectMapper json;

    PaymentReader(JdbcClient jdbc, ReadDatabase reads, ObjectMapper json) {
        this.jdbc = jdbc;
        this.reads = reads.jdbc();
        this.json = json;
    }

    /** Empty also for a payment of someone else. */
    Optional<StoredPayment> find(Caller caller, String paymentId) {
        return IdType.PAYMENT.matches(paymentId)
                ? jdbc
                        .sql(ROWS + " AND id = :id UNION ALL " + STARTED_CLAIMS + " AND resource_id = :id")
                        .param("tenant", caller.tenant())
                        .param("principal", caller.principal())
                        .param("id", paymentId)
                        .query((row, number) -> read(row))
                        .list()
                        .stream()
                        // Should the row appear between the two halves, the first one counts.
                        .findFirst()
                : Optional.empty();
    }

    /** Whether the worker knows the payment: then its workflow has run and must not be started again. */
    boolean isWritten(String paymentId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM read.payment WHERE id = :id)")
                .param("id", paymentId)
                .query(Boolean.class)
                .single();
    }

    List<StoredPayment> list(Caller caller, PaymentFilter filter, Cursor cursor) {
        String order = cursor.ascending() ? " ORDER BY id LIMIT :limit" : " ORDER BY id DESC LIMIT :limit";
        String conditions = """
                 AND (:status::text IS NULL OR status = :status)
                 AND (:customer::text IS NULL OR customer_id = :customer)
                 AND (:source::text IS NULL OR source = :source)
                 AND (:createdGte::timestamptz IS NULL OR created_at >= :createdGte)
                 AND (:createdLt::timestamptz IS NULL OR created_at < :createdLt)
                 AND (:after::text IS NULL OR id < :after)
                 AND (:before::text IS NULL OR id > :before)
                """;
        String claims = STARTED_CLAIMS + """
                 AND (:status::text IS NULL OR :status = 'pending')
                 AND (:customer::text IS NULL OR document ->> 'customer_id' = :customer)
                 AND (:source::text IS NULL OR document ->> 'source' = :source)
                 AND (:createdGte::timestamptz IS NULL OR created_at >= :createdGte)
                 AND (:createdLt::timestamptz IS NULL OR created_at < :createdLt)
                 AND (:after::text IS NULL OR resource_id < :after)
                 AND (:before::text IS NULL OR resource_id > :before)
                """;
        return reads.sql("(" + ROWS + conditions + order + ") UNION ALL (" + claims
                        + order.replace("BY id", "BY resource_id") + ")" + order)
                .param("tenant", caller.tenant())
                .param("principal", caller.principal())
                .param("status", filter.status())
                .param("customer", filter.customer())
                .param("source", filter.source())
                .param("createdGte", Columns.utc(filter.createdGte()))
                .param("createdLt", Columns.utc(filter.createdLt()))
                .param("after", cursor.startingAfter())
                .param("before", cursor.endingBefore())
                .param("limit", cursor.fetch())
                .query((row, number) -> read(row))
                .list();
    }

    private StoredPayment read(ResultSet row) throws SQLException {
        String document = row.getString("document");
        if (document != null) {
            return new StoredPayment(
                    parse(document, new TypeReference<PaymentDocument>() {})
                            .pending(row.getString("id"), Columns.instant(row, "created_at")),
                    0);
        }
        String outcome = row.getString("decision_outcome");
        return new StoredPayment(
                new PaymentBody(
                        row.getString("id"),
                        "payment",
                        row.getString("status"),
                        row.getString("source"),
                        row.getString("customer_id"),
                        row.getLong("amount"),
                        row.getString("currency"),
                        row.getLong("refunded_amount"),
                        new PaymentBody.Creditor(
                                row.getString("creditor_name"),
                                row.getString("creditor_iban"),
                                row.getString("creditor_bic")),
                        row.getString("reference"),
                        row.getString("end_to_end_id"),
                        outcome == null
                                ? null
                                : new PaymentBody.Decision(outcome, reasons(row.getString("decision_reasons"))),
                        Failure.of(row.getString("failure_code"), row.getString("failure_detail")),
                        row.getString("case_id"),
                        parse(row.getString("metadata"), new TypeReference<Map<String, String>>() {}),
                        Columns.instant(row, "created_at"),
                        Columns.instant(row, "updated_at")),
                row.getInt("version"));
    }

    private List<PaymentBody.Reason> reasons(@Nullable String array) {
        return array == null
                ? List.of()
                : Stream.of(parse(array, new TypeReference<JsonNode[]>() {}))
                        .map(reason -> new PaymentBody.Reason(
                                reason.path("code").asText(),
                                reason.path("detail").asText()))
                        .toList();
    }

    private <T> T parse(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored payment cannot be read", broken);
        }
    }
}
