package io.fincore.api.activations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads a caller's activations: rows that the worker has written, and orders that it has not written yet. */
@Component
class ActivationReader {

    private static final String ROWS = """
            SELECT id, version, customer_id, wallet_id, status, failure_code, failure_detail, metadata::text AS metadata,
                   created_at, updated_at, NULL AS document
            FROM read.account_activation
            WHERE tenant = :tenant AND principal = :principal
            """;

    private static final String STARTED_CLAIMS = """
            SELECT resource_id, 0, NULL, NULL, NULL, NULL, NULL, NULL, created_at, created_at, document::text
            FROM intake.idempotency_key claim
            WHERE tenant = :tenant AND principal = :principal AND started_at IS NOT NULL
              AND operation = 'activations.create'
              AND NOT EXISTS (SELECT FROM read.account_activation a WHERE a.id = claim.resource_id)
            """;

    private final JdbcClient jdbc;
    private final JdbcClient reads;
    private final ObjectMapper json;

    ActivationReader(JdbcClient jdbc, ReadDatabase reads, ObjectMapper json) {
        this.jdbc = jdbc;
        this.reads = reads.jdbc();
        this.json = json;
    }

    /** Empty also for an activation of someone else. */
    Optional<StoredActivation> find(Caller caller, String activationId) {
        return IdType.ACTIVATION.matches(activationId)
                ? jdbc
                        .sql(ROWS + " AND id = :id UNION ALL " + STARTED_CLAIMS + " AND resource_id = :id")
                        .param("tenant", caller.tenant())
                        .param("principal", caller.principal())
                        .param("id", activationId)
                        .query((row, number) -> read(row))
                        .list()
                        .stream()
                        // Should the row appear between the two halves, the first one counts.
                        .findFirst()
                : Optional.empty();
    }

    /** Whether the worker knows the activation: then its workflow has run and must not be started again. */
    boolean isWritten(String activationId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM read.account_activation WHERE id = :id)")
                .param("id", activationId)
                .query(Boolean.class)
                .single();
    }

    List<StoredActivation> list(Caller caller, String customerId, Cursor cursor) {
        String order = cursor.ascending() ? " ORDER BY id LIMIT :limit" : " ORDER BY id DESC LIMIT :limit";
        String rows = ROWS + """
                 AND customer_id = :customer
                 AND (:after::text IS NULL OR id < :after)
                 AND (:before::text IS NULL OR id > :before)
                """ + order;
        String claims = STARTED_CLAIMS + """
                 AND document ->> 'customer' = :customer
                 AND (:after::text IS NULL OR resource_id < :after)
                 AND (:before::text IS NULL OR resource_id > :before)
                """ + order.replace("BY id", "BY resource_id");
        return reads.sql("(" + rows + ") UNION ALL (" + claims + ")" + order)
                .param("tenant", caller.tenant())
                .param("principal", caller.principal())
                .param("customer", customerId)
                .param("after", cursor.startingAfter())
                .param("before", cursor.endingBefore())
                .param("limit", cursor.fetch())
                .query((row, number) -> read(row))
                .list();
    }

    private StoredActivation read(ResultSet row) throws SQLException {
        String document = row.getString("document");
        if (document != null) {
            return parse(document, new TypeReference<ActivationDocument>() {})
                    .pending(row.getString("id"), Columns.instant(row, "created_at"));
        }
        return new StoredActivation(
                new ActivationBody(
                        row.getString("id"),
                        "account_activation",
                        row.getString("customer_id"),
                        row.getString("wallet_id"),
                        row.getString("status"),
                        Failure.of(row.getString("failure_code"), row.getString("failure_detail")),
                        parse(row.getString("metadata"), new TypeReference<Map<String, String>>() {}),
                        Columns.instant(row, "created_at"),
                        Columns.instant(row, "updated_at")),
                row.getInt("version"));
    }

    private <T> T parse(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored activation cannot be read", broken);
        }
    }
}
