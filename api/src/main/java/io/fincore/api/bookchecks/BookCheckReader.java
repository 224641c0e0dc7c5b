package io.fincore.api.bookchecks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.database.Columns;
import io.fincore.api.lists.Cursor;
import io.fincore.money.IdType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the platform's checks: rows that a worker has written, and orders that none has begun yet. The book has no tenants. */
@Component
class BookCheckReader {

    private static final String ROWS = """
            SELECT id, status, requested_by, report::text AS report, error, started_at, completed_at, NULL AS document
            FROM read.book_check WHERE true
            """;

    private static final String STARTED_CLAIMS = """
            SELECT resource_id, NULL, NULL, NULL, NULL, created_at, NULL, document::text
            FROM intake.idempotency_key claim
            WHERE started_at IS NOT NULL AND operation = 'book-checks.create'
              AND NOT EXISTS (SELECT FROM read.book_check b WHERE b.id = claim.resource_id)
            """;

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    BookCheckReader(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<StoredBookCheck> find(String checkId) {
        return IdType.BOOK_CHECK.matches(checkId)
                ? jdbc
                        .sql(ROWS + " AND id = :id UNION ALL " + STARTED_CLAIMS + " AND resource_id = :id")
                        .param("id", checkId)
                        .query((row, number) -> read(row))
                        .list()
                        .stream()
                        // Should the row appear between the two halves, the first one counts.
                        .findFirst()
                : Optional.empty();
    }

    /** Whether a worker has begun the check: then its workflow has run and must not be started again. */
    boolean isWritten(String checkId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM read.book_check WHERE id = :id)")
                .param("id", checkId)
                .query(Boolean.class)
                .single();
    }

    List<StoredBookCheck> list(Cursor cursor) {
        String order = cursor.ascending() ? " ORDER BY id LIMIT :limit" : " ORDER BY id DESC LIMIT :limit";
        String rows =
                ROWS + " AND (:after::text IS NULL OR id < :after) AND (:before::text IS NULL OR id > :before)" + order;
        String claims = STARTED_CLAIMS
                + " AND (:after::text IS NULL OR resource_id < :after) AND (:before::text IS NULL OR resource_id > :before)"
                + order.replace("BY id", "BY resource_id");
        return jdbc.sql("(" + rows + ") UNION ALL (" + claims + ")" + order)
                .param("after", cursor.startingAfter())
                .param("before", cursor.endingBefore())
                .param("limit", cursor.fetch())
                .query((row, number) -> read(row))
                .list();
    }

    private StoredBookCheck read(ResultSet row) throws SQLException {
        String document = row.getString("document");
        Instant startedAt = Columns.instant(row, "started_at");
        if (document != null) {
            return parse(document, new TypeReference<BookCheckDocument>() {}).running(row.getString("id"), startedAt);
        }
        String report = row.getString("report");
        return new StoredBookCheck(new BookCheckBody(
                row.getString("id"),
                "book_check",
                row.getString("status"),
                row.getString("requested_by"),
                report == null ? null : parse(report, new TypeReference<List<BookCheckFinding>>() {}),
                row.getString("error"),
                startedAt,
                Columns.nullableInstant(row, "completed_at")));
    }

    private <T> T parse(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored check cannot be read", broken);
        }
    }
}
