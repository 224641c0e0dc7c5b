package io.fincore.steps;

import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.compliance.CaseNote;
import io.fincore.workflows.compliance.CaseStart;
import io.fincore.workflows.compliance.CaseStep;
import io.fincore.workflows.compliance.CaseTerms;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import io.fincore.workflows.payment.DecisionResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of compliance cases, with their saga and their events. */
final class CaseStore {

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final SagaStore sagas;
    private final Steps.ReviewTerms terms;

    CaseStore(DataSource dataSource, Outbox outbox, SagaStore sagas, Steps.ReviewTerms terms) {
        this.jdbc = JdbcClient.create(dataSource);
        this.outbox = outbox;
        this.sagas = sagas;
        this.terms = terms;
    }

    /** Opens a case under today's terms. */
    void open(String caseId, PaymentRow payment, List<DecisionResult.Reason> reasons) {
        jdbc.sql("""
                INSERT INTO payments.compliance_case
                    (id, payment_id, tenant, principal, reasons, terms_since, remind_at, due_at, expires_at)
                SELECT :id, :paymentId, :tenant, :principal, :reasons::jsonb, now, now + make_interval(secs => :remind),
                       now + make_interval(secs => :due), now + make_interval(secs => :expire)
                  FROM (SELECT clock_timestamp() AS now) AS clock""")
                .param("id", caseId)
                .param("paymentId", payment.id())
                .param("tenant", payment.tenant())
                .param("principal", payment.principal())
                .param("reasons", Json.write(reasons))
                .param("remind", terms.remindAfter().toSeconds())
                .param("due", terms.dueAfter().toSeconds())
                .param("expire", terms.expireAfter().toSeconds())
                .update();
        sagas.open(
                ComplianceCaseWorkflow.workflowId(caseId),
                SagaKind.COMPLIANCE_CASE,
                caseId,
                payment.tenant(),
                payment.principal(),
                payment.correlationId(),
                CaseStep.values().length);
        publish(caseId, payment, "case.opened", Map.of("status", "open"));
    }

    /** Where the case stands. */
    CaseStart start(String caseId) {
        return jdbc.sql("""
                SELECT round, terms_since, remind_at, due_at, expires_at, verdict, resolved_by, note
                  FROM payments.compliance_case WHERE id = :id""")
                .param("id", caseId)
                .query((row, number) -> new CaseStart(
                        row.getInt("round"),
                        new CaseTerms(
                                row.getTimestamp("terms_since").toInstant(),
                                row.getTimestamp("remind_at").toInstant(),
                                row.getTimestamp("due_at").toInstant(),
                                row.getTimestamp("expires_at").toInstant()),
                        decided(row)))
                .single();
    }

    private static CaseStart.@Nullable Decided decided(ResultSet row) throws SQLException {
        String verdict = row.getString("verdict");
        return verdict == null
                ? null
                : new CaseStart.Decided(
                        CaseVerdict.valueOf(verdict.toUpperCase(Locale.ROOT)),
                        row.getString("resolved_by"),
                        row.getString("note"));
    }

    /** The payment that the case is about. */
    String paymentOf(String caseId) {
        return jdbc.sql("SELECT payment_id FROM payments.compliance_case WHERE id = :id")
                .param("id", caseId)
                .query(String.class)
                .single();
    }

    void escalate(String caseId) {
        jdbc.sql("UPDATE payments.compliance_case SET escalated_at = clock_timestamp() WHERE id = :id")
                .param("id", caseId)
                .update();
    }

    void assign(String caseId, String assignee) {
        jdbc.sql("UPDATE payments.compliance_case SET assignee = :assignee WHERE id = :id")
                .param("id", caseId)
                .param("assignee", assignee)
                .update();
    }

    void addNote(String caseId, CaseNote note) {
        jdbc.sql("INSERT INTO payments.case_note (id, case_id, author, body) VALUES (:id, :caseId, :author, :body)")
                .param("id", note.id())
                .param("caseId", caseId)
                .param("author", note.author())
                .param("body", note.text())
                .update();
    }

    void resolve(String caseId, CaseVerdict verdict, String actor, String note) {
        jdbc.sql("""
                UPDATE payments.compliance_case
                   SET status = 'resolved', verdict = :verdict, note = :note, resolved_by = :actor,
                       resolved_at = clock_timestamp()
                 WHERE id = :id""")
                .param("id", caseId)
                .param("verdict", verdict.name().toLowerCase(Locale.ROOT))
                .param("note", note)
                .param("actor", actor)
                .update();
    }

    /** Opens the case again; returns the next round. */
    CaseStart reopen(String caseId, CaseTerms newTerms) {
        jdbc.sql("""
                UPDATE payments.compliance_case
                   SET status = 'open', verdict = NULL, note = NULL, resolved_by = NULL, resolved_at = NULL, round = round + 1,
                       escalated_at = NULL, terms_since = :since, remind_at = :remind, due_at = :due, expires_at = :expire
                 WHERE id = :id""")
                .param("id", caseId)
                .param("since", Timestamp.from(newTerms.openedAt()))
                .param("remind", Timestamp.from(newTerms.remindAt()))
                .param("due", Timestamp.from(newTerms.dueAt()))
                .param("expire", Timestamp.from(newTerms.expiresAt()))
                .update();
        sagas.changeStatus(ComplianceCaseWorkflow.workflowId(caseId), SagaStatus.RUNNING);
        return start(caseId);
    }

    void close(String caseId) {
        sagas.changeStatus(ComplianceCaseWorkflow.workflowId(caseId), SagaStatus.SUCCEEDED);
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
