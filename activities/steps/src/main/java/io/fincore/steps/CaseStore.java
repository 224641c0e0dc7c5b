package io.fincore.steps;

import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import io.fincore.workflows.payment.DecisionResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of compliance cases, with their saga and their events. */
final class CaseStore {

    /** case.resolve, payment.mark-rejected, ledger.release. */
    private static final int TOTAL_STEPS = 3;

    private final JdbcClient jdbc;
    private final Outbox outbox;

    CaseStore(DataSource dataSource, Outbox outbox) {
        this.jdbc = JdbcClient.create(dataSource);
        this.outbox = outbox;
    }

    void open(String caseId, PaymentRow payment, List<DecisionResult.Reason> reasons) {
        jdbc.sql("""
                INSERT INTO payments.compliance_case (id, payment_id, tenant, principal, reasons)
                VALUES (:id, :paymentId, :tenant, :principal, :reasons::jsonb)""")
                .param("id", caseId)
                .param("paymentId", payment.id())
                .param("tenant", payment.tenant())
                .param("principal", payment.principal())
                .param("reasons", Json.write(reasons))
                .update();
        jdbc.sql("""
                INSERT INTO saga.saga (workflow_id, type, subject_id, tenant, principal, correlation_id, status, total_steps)
                SELECT :workflowId, 'compliance_case', :id, tenant, principal, correlation_id, 'RUNNING', :totalSteps
                  FROM payments.payment WHERE id = :paymentId""")
                .param("workflowId", ComplianceCaseWorkflow.workflowId(caseId))
                .param("id", caseId)
                .param("totalSteps", TOTAL_STEPS)
                .param("paymentId", payment.id())
                .update();
        publish(caseId, payment, "case.opened", Map.of("status", "open"));
    }

    /** Returns the id of the payment that the case is about. */
    String resolve(String caseId, CaseVerdict verdict, String actor, String note) {
        String code = verdict.name().toLowerCase(Locale.ROOT);
        String paymentId = jdbc.sql("""
                UPDATE payments.compliance_case
                   SET status = 'resolved', verdict = :verdict, note = :note, resolved_by = :actor,
                       resolved_at = clock_timestamp()
                 WHERE id = :id
                RETURNING payment_id""")
                .param("id", caseId)
                .param("verdict", code)
                .param("note", note)
                .param("actor", actor)
                .query(String.class)
                .single();
        jdbc.sql(
                        "UPDATE saga.saga SET status = 'SUCCEEDED', updated_at = clock_timestamp() WHERE workflow_id = :workflowId")
                .param("workflowId", ComplianceCaseWorkflow.workflowId(caseId))
                .update();
        return paymentId;
    }

    void publish(String caseId, PaymentRow payment, String type, Map<String, String> more) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("id", caseId);
        body.put("object", "compliance_case");
        body.put("payment", payment.id());
        body.putAll(more);
        outbox.append(new NewEvent(payment.tenant(), payment.principal(), type, caseId, Json.write(body)));
    }
}
