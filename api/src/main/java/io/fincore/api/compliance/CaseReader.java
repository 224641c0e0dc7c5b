package io.fincore.api.compliance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.lists.Cursor;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the cases of a tenant: whoever may resolve cases sees those of others than their own. */
@Component
class CaseReader {

    private static final String ROWS = """
            SELECT id, payment_id, status, reasons::text AS reasons, verdict, note, resolved_by, created_at, resolved_at
            FROM read.compliance_case WHERE tenant = :tenant
            """;

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    CaseReader(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<CaseBody> find(Caller caller, String caseId) {
        return IdType.COMPLIANCE_CASE.matches(caseId)
                ? jdbc.sql(ROWS + " AND id = :id")
                        .param("tenant", caller.tenant())
                        .param("id", caseId)
                        .query((row, number) -> read(row))
                        .optional()
                : Optional.empty();
    }

    /** @param status null for all */
    List<CaseBody> list(Caller caller, @Nullable String status, Cursor cursor) {
        return jdbc.sql(ROWS + """
                         AND (:status::text IS NULL OR status = :status)
                         AND (:after::text IS NULL OR id < :after)
                         AND (:before::text IS NULL OR id > :before)
                        """
                        + (cursor.ascending() ? " ORDER BY id LIMIT :limit" : " ORDER BY id DESC LIMIT :limit"))
                .param("tenant", caller.tenant())
                .param("status", status)
                .param("after", cursor.startingAfter())
                .param("before", cursor.endingBefore())
                .param("limit", cursor.fetch())
                .query((row, number) -> read(row))
                .list();
    }

    private CaseBody read(ResultSet row) throws SQLException {
        OffsetDateTime resolvedAt = row.getObject("resolved_at", OffsetDateTime.class);
        return new CaseBody(
                row.getString("id"),
                "compliance_case",
                row.getString("payment_id"),
                row.getString("status"),
                reasons(row.getString("reasons")),
                row.getString("verdict"),
                row.getString("note"),
                row.getString("resolved_by"),
                Map.of(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                resolvedAt == null ? null : resolvedAt.toInstant());
    }

    /** Reasons are objects with code and detail; a code alone is one too. */
    private List<CaseBody.Reason> reasons(String array) {
        try {
            return StreamSupport.stream(json.readTree(array).spliterator(), false)
                    .map(CaseReader::reason)
                    .toList();
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored case cannot be read", broken);
        }
    }

    private static CaseBody.Reason reason(JsonNode reason) {
        return reason.isTextual()
                ? new CaseBody.Reason(reason.asText(), "")
                : new CaseBody.Reason(
                        reason.path("code").asText(), reason.path("detail").asText());
    }
}
