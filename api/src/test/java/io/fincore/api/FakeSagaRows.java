package io.fincore.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.client.Payloads;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.fincore.workflows.repair.SagaActivities;
import io.fincore.workflows.repair.SagaStand;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes what the worker would write of sagas, as the worker's role. */
public final class FakeSagaRows implements SagaActivities {

    private final JdbcClient jdbc;

    FakeSagaRows(DataSource worker) {
        this.jdbc = JdbcClient.create(worker);
    }

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
                VALUES (?, ?, ?, ?, ?, ?, 'RUNNING', ?) ON CONFLICT DO NOTHING
                """)
                .params(workflowId, kind.code(), subjectId, tenant, principal, correlationId, totalSteps)
                .update();
    }

    void end(String workflowId, boolean succeeded) {
        jdbc.sql("""
                UPDATE saga.saga SET status = ?, cause = NULL, cause_detail = NULL, ended_at = clock_timestamp()
                WHERE workflow_id = ?
                """).params(succeeded ? "SUCCEEDED" : "FAILED", workflowId).update();
    }

    void succeeded(
            String workflowId,
            int number,
            String name,
            @Nullable String compensates,
            @Nullable String request,
            String response) {
        jdbc.sql("""
                INSERT INTO saga.step (workflow_id, round, number, name, compensates, status, request, response, attempts,
                    max_attempts, completed_at)
                VALUES (?, 1, ?, ?, ?, 'SUCCEEDED', ?::jsonb, ?::jsonb, 1, 5, clock_timestamp()) ON CONFLICT DO NOTHING
                """)
                .params(workflowId, number, name, compensates, request, response)
                .update();
    }

    void failed(String workflowId, int number, String name, String error) {
        jdbc.sql("""
                INSERT INTO saga.step (workflow_id, round, number, name, status, error, attempts, max_attempts)
                VALUES (?, 1, ?, ?, 'FAILED', ?, 5, 5)
                """).params(workflowId, number, name, error).update();
    }

    @Override
    public void requireManualIntervention(
            StepKey step, SagaKind kind, String subjectId, InterventionCause cause, String detail) {
        jdbc.sql("""
                UPDATE saga.saga SET status = 'REQUIRES_MANUAL_INTERVENTION', cause = ?, cause_detail = ?
                WHERE workflow_id = ?
                """).params(cause.code(), detail, step.workflowId()).update();
    }

    @Override
    public void recordIntervention(
            String workflowId, InterventionOrder order, InterventionStatus status, SagaStand before) {
        jdbc.sql("""
                INSERT INTO saga.intervention (id, workflow_id, action, resolution, reason, requested_by, status, before)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                """)
                .params(
                        order.id(),
                        workflowId,
                        order.action().code(),
                        order.resolution() == null ? null : order.resolution().code(),
                        order.reason(),
                        order.actor(),
                        status.code(),
                        json(before))
                .update();
    }

    @Override
    public void approveIntervention(InterventionApproval approval) {
        jdbc.sql("""
                UPDATE saga.intervention SET status = 'taken', approved_by = ?, approved_at = clock_timestamp() WHERE id = ?
                """).params(approval.actor(), approval.interventionId()).update();
    }

    @Override
    public void goOn(SagaKind kind, String subjectId, SagaStatus status) {
        jdbc.sql("UPDATE saga.saga SET status = ?, cause = NULL, cause_detail = NULL WHERE subject_id = ? AND type = ?")
                .params(status.name(), subjectId, kind.code())
                .update();
    }

    @Override
    public void concludeIntervention(String interventionId, SagaStand after) {
        jdbc.sql("""
                UPDATE saga.intervention SET status = 'done', after = ?::jsonb, concluded_at = clock_timestamp()
                WHERE id = ?
                """).params(json(after), interventionId).update();
    }

    private static String json(Object value) {
        try {
            return Payloads.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
