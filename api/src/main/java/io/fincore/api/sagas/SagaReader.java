package io.fincore.api.sagas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.database.Columns;
import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.IdForm;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.repair.InterventionCause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the sagas of a tenant, with their steps and interventions. */
@Component
class SagaReader {

    /** A saga has the id of what it is about. */
    static final IdForm IDS = IdForm.of(IdType.PAYMENT, IdType.REFUND, IdType.COMPLIANCE_CASE, IdType.ACTIVATION);

    private static final String ROWS = """
            SELECT id, workflow_id, type, status, cause, cause_detail, correlation_id, current_step, total_steps,
                   created_at, updated_at, ended_at
            FROM read.saga s WHERE tenant = :tenant
            """;

    private static final String INTERVENTIONS = """
            SELECT id, workflow_id, saga_id, action, resolution, reason, requested_by, requested_at, approved_by,
                   approved_at, status, before::text AS before, after::text AS after, concluded_at
            FROM read.intervention WHERE tenant = :tenant
            """;

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    SagaReader(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param sagaId of what the saga is about */
    Optional<StoredSaga> find(Caller caller, String sagaId) {
        return IDS.matches(sagaId)
                ? jdbc.sql(ROWS + " AND id = :id")
                        .param("tenant", caller.tenant())
                        .param("id", sagaId)
                        .query((row, number) -> saga(row))
                        .optional()
                : Optional.empty();
    }

    /** By the time of their creation: ids of different kinds do not sort by time. */
    List<StoredSaga> list(Caller caller, SagaFilter filter, Cursor cursor) {
        return jdbc.sql(ROWS + """
                         AND (:status::text IS NULL OR status = :status)
                         AND (:type::text IS NULL OR type = :type)
                         AND (:cause::text IS NULL OR cause = :cause)
                         AND (:correlationId::text IS NULL OR correlation_id = :correlationId)
                         AND (:createdGte::timestamptz IS NULL OR created_at >= :createdGte)
                         AND (:createdLt::timestamptz IS NULL OR created_at < :createdLt)
                         AND (:after::text IS NULL OR (created_at, id) <
                             (SELECT p.created_at, p.id FROM read.saga p WHERE p.tenant = :tenant AND p.id = :after))
                         AND (:before::text IS NULL OR (created_at, id) >
                             (SELECT p.created_at, p.id FROM read.saga p WHERE p.tenant = :tenant AND p.id = :before))
                        """
                        + (cursor.ascending()
                                ? " ORDER BY created_at, id LIMIT :limit"
                                : " ORDER BY created_at DESC, id DESC LIMIT :limit"))
                .param("tenant", caller.tenant())
                .param("status", filter.status())
                .param("type", filter.type())
                .param("cause", filter.cause())
                .param("correlationId", filter.correlationId())
                .param("createdGte", Columns.utc(filter.createdGte()))
                .param("createdLt", Columns.utc(filter.createdLt()))
                .param("after", cursor.startingAfter())
                .param("before", cursor.endingBefore())
                .param("limit", cursor.fetch())
                .query((row, number) -> saga(row))
                .list();
    }

    /** By workflow id, in the order in which they were begun. */
    Map<String, List<StepBody>> steps(List<StoredSaga> sagas) {
        return sagas.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("""
                        SELECT workflow_id, number, round, name, status, request::text AS request,
                               response::text AS response, error, attempts, max_attempts, started_at, completed_at,
                               compensates,
                               (SELECT u.name FROM read.step u
                                 WHERE u.workflow_id = s.workflow_id AND u.round = s.round AND u.compensates = s.name
                                 ORDER BY u.started_at LIMIT 1) AS compensation
                        FROM read.step s WHERE workflow_id IN (:ids)
                        ORDER BY round, started_at, number, name
                        """)
                        .param("ids", sagas.stream().map(StoredSaga::workflowId).toList())
                        .query((row, number) -> Map.entry(row.getString("workflow_id"), step(row)))
                        .list()
                        .stream()
                        .collect(grouped());
    }

    /** By workflow id, the oldest first. */
    Map<String, List<InterventionBody>> interventions(Caller caller, List<StoredSaga> sagas) {
        return sagas.isEmpty()
                ? Map.of()
                : jdbc
                        .sql(INTERVENTIONS + " AND workflow_id IN (:ids) ORDER BY requested_at, id")
                        .param("tenant", caller.tenant())
                        .param("ids", sagas.stream().map(StoredSaga::workflowId).toList())
                        .query((row, number) -> Map.entry(row.getString("workflow_id"), intervention(row)))
                        .list()
                        .stream()
                        .collect(grouped());
    }

    Optional<InterventionBody> intervention(Caller caller, StoredSaga saga, String interventionId) {
        return IdType.INTERVENTION.matches(interventionId)
                ? jdbc.sql(INTERVENTIONS + " AND id = :id AND workflow_id = :workflowId")
                        .param("tenant", caller.tenant())
                        .param("id", interventionId)
                        .param("workflowId", saga.workflowId())
                        .query((row, number) -> intervention(row))
                        .optional()
                : Optional.empty();
    }

    private static <V> Collector<Map.Entry<String, V>, ?, Map<String, List<V>>> grouped() {
        return Collectors.groupingBy(Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()));
    }

    private static StoredSaga saga(ResultSet row) throws SQLException {
        String cause = row.getString("cause");
        return new StoredSaga(
                row.getString("id"),
                row.getString("workflow_id"),
                row.getString("type"),
                SagaStatus.valueOf(row.getString("status")),
                cause == null ? null : InterventionCause.ofCode(cause),
                row.getString("cause_detail"),
                row.getString("correlation_id"),
                row.getInt("current_step"),
                row.getInt("total_steps"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                Columns.nullableInstant(row, "ended_at"));
    }

    private StepBody step(ResultSet row) throws SQLException {
        return new StepBody(
                row.getInt("number"),
                row.getInt("round"),
                row.getString("name"),
                row.getString("status"),
                parse(row.getString("request")),
                parse(row.getString("response")),
                row.getString("error"),
                row.getInt("attempts"),
                row.getObject("max_attempts", Integer.class),
                Columns.instant(row, "started_at"),
                Columns.nullableInstant(row, "completed_at"),
                row.getString("compensates"),
                row.getString("compensation"));
    }

    private InterventionBody intervention(ResultSet row) throws SQLException {
        return new InterventionBody(
                row.getString("id"),
                "intervention",
                row.getString("saga_id"),
                row.getString("action"),
                row.getString("resolution"),
                row.getString("reason"),
                row.getString("status"),
                row.getString("requested_by"),
                row.getString("approved_by"),
                Columns.nullableInstant(row, "approved_at"),
                Objects.requireNonNull(parse(row.getString("before"))),
                parse(row.getString("after")),
                Columns.instant(row, "requested_at"),
                Columns.nullableInstant(row, "concluded_at"));
    }

    private @Nullable JsonNode parse(@Nullable String text) {
        try {
            return text == null ? null : json.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored saga cannot be read", broken);
        }
    }
}
