package io.fincore.steps;

import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.fincore.workflows.repair.SagaStand;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of sagas and of the interventions in them, in the caller's transaction. */
final class SagaStore {

    private static final String WAITS_FOR_NOBODY = """
            UPDATE saga.saga
               SET status = :status, cause = NULL, cause_detail = NULL, updated_at = clock_timestamp(),
                   ended_at = CASE WHEN :status IN ('SUCCEEDED', 'FAILED') THEN coalesce(ended_at, clock_timestamp()) END
            """;

    private final JdbcClient jdbc;
    private final Outbox outbox;

    SagaStore(DataSource dataSource, Outbox outbox) {
        this.jdbc = JdbcClient.create(dataSource);
        this.outbox = outbox;
    }

    /** Writes a running saga, unless it is there. */
    void open(
            String workflowId,
            SagaKind kind,
            String subjectId,
            String tenant,
            String principal,
            String correlationId,
            int totalSteps) {
        jdbc.sql("""
                INSERT INTO saga.saga (workflow_id, type, subject_id, tenant, principal, correlation_id, status, total_steps)
                VALUES (:workflowId, :type, :subjectId, :tenant, :principal, :correlationId, 'RUNNING', :totalSteps)
                ON CONFLICT (workflow_id) DO NOTHING""")
                .param("workflowId", workflowId)
                .param("type", kind.code())
                .param("subjectId", subjectId)
                .param("tenant", tenant)
                .param("principal", principal)
                .param("correlationId", correlationId)
                .param("totalSteps", totalSteps)
                .update();
    }

    /** The saga goes on, or has ended: it waits for nobody. */
    void changeStatus(String workflowId, SagaStatus status) {
        jdbc.sql(WAITS_FOR_NOBODY + "WHERE workflow_id = :workflowId")
                .param("status", status.name())
                .param("workflowId", workflowId)
                .update();
    }

    /**
     * The saga waits for a person.
     *
     * @return whether it did not yet, for this very reason
     */
    boolean needsPerson(SagaKind kind, String subjectId, InterventionCause cause, String detail) {
        return jdbc.sql("""
                UPDATE saga.saga
                   SET status = 'REQUIRES_MANUAL_INTERVENTION', cause = :cause, cause_detail = :detail,
                       updated_at = clock_timestamp()
                 WHERE subject_id = :id AND type = :type
                   AND (status, cause, cause_detail) IS DISTINCT FROM ('REQUIRES_MANUAL_INTERVENTION', :cause, :detail)""")
                        .param("id", subjectId)
                        .param("type", kind.code())
                        .param("cause", cause.code())
                        .param("detail", detail)
                        .update()
                == 1;
    }

    /**
     * The saga waits for nobody any more.
     *
     * @return whether it still did
     */
    boolean needsNobody(SagaKind kind, String subjectId, SagaStatus status) {
        return jdbc.sql(WAITS_FOR_NOBODY
                                + "WHERE subject_id = :id AND type = :type AND status = 'REQUIRES_MANUAL_INTERVENTION'")
                        .param("status", status.name())
                        .param("id", subjectId)
                        .param("type", kind.code())
                        .update()
                == 1;
    }

    /** Alerts those who operate the platform, with the way to their runbook. */
    void publishAlert(SagaKind kind, String subjectId, String step, InterventionCause cause, String detail) {
        Owner owner = jdbc.sql("SELECT tenant, principal FROM saga.saga WHERE subject_id = :id AND type = :type")
                .param("id", subjectId)
                .param("type", kind.code())
                .query(Owner.class)
                .single();
        Map<String, String> body = new LinkedHashMap<>();
        body.put("id", subjectId);
        body.put("object", "saga");
        body.put("type", kind.code());
        body.put("step", step);
        body.put("cause", cause.code());
        body.put("detail", detail);
        body.put("runbook", "docs/operating/runbooks/" + cause.runbook());
        outbox.append(new NewEvent(
                owner.tenant(), owner.principal(), "saga.requires_manual_intervention", subjectId, Json.write(body)));
    }

    private record Owner(String tenant, String principal) {}

    long countNeedingAPerson() {
        return jdbc.sql("SELECT count(*) FROM saga.saga WHERE status = 'REQUIRES_MANUAL_INTERVENTION'")
                .query(Long.class)
                .single();
    }

    void recordIntervention(String workflowId, InterventionOrder order, InterventionStatus status, SagaStand before) {
        jdbc.sql("""
                INSERT INTO saga.intervention
                    (id, workflow_id, action, resolution, reason, requested_by, status, before)
                VALUES (:id, :workflowId, :action, :resolution, :reason, :actor, :status, :before::jsonb)
                ON CONFLICT (id) DO NOTHING""")
                .param("id", order.id())
                .param("workflowId", workflowId)
                .param("action", order.action().code())
                .param("resolution", code(order))
                .param("reason", order.reason())
                .param("actor", order.actor())
                .param("status", status.code())
                .param("before", Json.write(before))
                .update();
    }

    void approveIntervention(InterventionApproval approval) {
        jdbc.sql("""
                UPDATE saga.intervention
                   SET status = 'taken', approved_by = :actor, approved_at = clock_timestamp()
                 WHERE id = :id AND status = 'requested'""")
                .param("id", approval.interventionId())
                .param("actor", approval.actor())
                .update();
    }

    void concludeIntervention(String interventionId, SagaStand after) {
        jdbc.sql("""
                UPDATE saga.intervention
                   SET status = 'done', after = :after::jsonb, concluded_at = clock_timestamp()
                 WHERE id = :id AND status <> 'done'""")
                .param("id", interventionId)
                .param("after", Json.write(after))
                .update();
    }

    private static @Nullable String code(InterventionOrder order) {
        return order.resolution() == null ? null : order.resolution().code();
    }
}
