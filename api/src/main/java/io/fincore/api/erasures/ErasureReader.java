package io.fincore.api.erasures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import io.fincore.workflows.erasure.Obstacle;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads a caller's erasures: rows that the worker has written, and orders that it has not written yet. */
@Component
class ErasureReader {

    private static final String ROWS = """
            SELECT id, version, customer_id, reason, status, obstacles::text AS obstacles, deadline, cancelled_by, created_at,
                   updated_at, ended_at, NULL AS document
            FROM read.erasure WHERE tenant = :tenant AND principal = :principal AND id = :id
            """;

    private static final String STARTED_CLAIMS = """
            SELECT resource_id, 0, NULL, NULL, NULL, NULL, NULL, NULL, created_at, created_at, NULL, document::text
            FROM intake.idempotency_key claim
            WHERE tenant = :tenant AND principal = :principal AND started_at IS NOT NULL AND resource_id = :id
              AND operation = 'erasures.create'
              AND NOT EXISTS (SELECT FROM read.erasure e WHERE e.id = claim.resource_id)
            """;

    /** An order counts from its claim on: while it is being started, and when it was started but is not written yet. */
    private static final String UNDER_WAY = """
            SELECT EXISTS (SELECT FROM read.erasure WHERE customer_id = :customer AND status IN ('pending', 'overdue'))
            OR EXISTS (
                SELECT FROM intake.idempotency_key claim
                WHERE tenant = :tenant AND principal = :principal AND operation = 'erasures.create'
                  AND document ->> 'customer' = :customer
                  AND (answered_at IS NULL AND locked_until > clock_timestamp() OR started_at IS NOT NULL)
                  AND NOT EXISTS (SELECT FROM read.erasure e WHERE e.id = claim.resource_id))
            """;

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    ErasureReader(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Empty also for an erasure of someone else. */
    Optional<StoredErasure> find(Caller caller, String erasureId) {
        return IdType.ERASURE.matches(erasureId)
                ? jdbc
                        .sql(ROWS + " UNION ALL " + STARTED_CLAIMS)
                        .param("tenant", caller.tenant())
                        .param("principal", caller.principal())
                        .param("id", erasureId)
                        .query((row, number) -> read(row))
                        .list()
                        .stream()
                        // Should the row appear between the two halves, the first one counts.
                        .findFirst()
                : Optional.empty();
    }

    /** Whether the worker knows the erasure: then its workflow has run and must not be started again. */
    boolean isWritten(String erasureId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM read.erasure WHERE id = :id)")
                .param("id", erasureId)
                .query(Boolean.class)
                .single();
    }

    /** Whether the customer is being erased already; lets one order through at a time, until the caller's transaction ends. */
    boolean isUnderWay(Caller caller, String customerId) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('erasure of ' || :customer, 0))")
                .param("customer", customerId)
                .query((row, number) -> true)
                .single();
        return jdbc.sql(UNDER_WAY)
                .param("tenant", caller.tenant())
                .param("principal", caller.principal())
                .param("customer", customerId)
                .query(Boolean.class)
                .single();
    }

    private StoredErasure read(ResultSet row) throws SQLException {
        String document = row.getString("document");
        Instant createdAt = Objects.requireNonNull(instant(row, "created_at"));
        if (document != null) {
            return parse(document, ErasureDocument.class).pending(row.getString("id"), createdAt);
        }
        return new StoredErasure(
                new ErasureBody(
                        row.getString("id"),
                        "erasure",
                        row.getString("customer_id"),
                        row.getString("reason"),
                        row.getString("status"),
                        List.of(parse(row.getString("obstacles"), Obstacle[].class)),
                        Objects.requireNonNull(instant(row, "deadline")),
                        row.getString("cancelled_by"),
                        createdAt,
                        Objects.requireNonNull(instant(row, "updated_at")),
                        instant(row, "ended_at")),
                row.getInt("version"));
    }

    private <T> T parse(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored erasure cannot be read", broken);
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
