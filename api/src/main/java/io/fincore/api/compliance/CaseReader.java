package io.fincore.api.compliance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.database.Columns;
import io.fincore.api.lists.Cursor;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the cases of a tenant: whoever may resolve cases sees those of others than their own. */
@Component
class CaseReader {

    private static final String ROWS = """
            SELECT id, payment_id, status, round, reasons::text AS reasons, assignee, remind_at, due_at, expires_at,
                   escalated_at, verdict, note, resolved_by, created_at, resolved_at,
                   (SELECT coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'author', n.author, 'text', n.body,
                               'created_at', n.created_at) ORDER BY n.id), '[]')::text
                      FROM read.case_note n WHERE n.case_id = c.id) AS notes
            FROM read.compliance_case c WHERE tenant = :tenant
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

    List<CaseBody> list(Caller caller, CaseFilter filter, Cursor cursor) {
        return jdbc.sql(ROWS + """
                         AND (:status::text IS NULL OR status = :status)
                         AND (:assignee::text IS NULL OR assignee = :assignee)
                         AND (:after::text IS NULL OR id < :after)
                         AND (:before::text IS NULL OR id > :before)
                        """
                        + (cursor.ascending() ? " ORDER BY id LIMIT :limit" : " ORDER BY id DESC LIMIT :limit"))
                .param("tenant", caller.tenant())
                .param("status", filter.status())
                .param("assignee", filter.assignee())
                .param("after", cursor.startingAfter())
                .param("before", cursor.endingBefore())
                .param("limit", cursor.fetch())
                .query((row, number) -> read(row))
                .list();
    }

    private CaseBody read(ResultSet row) throws SQLException {
        return new CaseBody(
                row.getString("id"),
                "compliance_case",
                row.getString("payment_id"),
                row.getString("status"),
                row.getInt("round"),
                reasons(row.getString("reasons")),
                row.getString("assignee"),
                Columns.instant(row, "remind_at"),
                Columns.instant(row, "due_at"),
                Columns.instant(row, "expires_at"),
                Columns.nullableInstant(row, "escalated_at"),
                List.of(parse(row.getString("notes"), NoteBody[].class)),
                row.getString("verdict"),
                row.getString("note"),
                row.getString("resolved_by"),
                Map.of(),
                Columns.instant(row, "created_at"),
                Columns.nullableInstant(row, "resolved_at"));
    }

    /** Reasons are objects with code and detail; a code alone is one too. */
    private List<CaseBody.Reason> reasons(String array) {
        return Arrays.stream(parse(array, JsonNode[].class))
                .map(CaseReader::reason)
                .toList();
    }

    private <T> T parse(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
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
