package io.fincore.steps;

import io.fincore.workflows.compliance.CaseAssignment;
import io.fincore.workflows.compliance.CaseNote;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.compliance.CaseStep;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.compliance.ComplianceCaseActivities;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.testing.TestActivityEnvironment;
import java.util.List;
import java.util.Map;

/** A compliance case on one of the paths of {@link CaseMatrix}. */
final class CaseCourse extends Course {

    private final String path;
    private final PaymentOrder payment;
    private final String caseId;

    CaseCourse(String path, PaymentSaga saga) {
        super(saga);
        this.path = path;
        this.payment = saga.order(6_000_00);
        this.caseId = ComplianceCaseWorkflow.caseId(payment.paymentId());
    }

    @Override
    String workflowId() {
        return ComplianceCaseWorkflow.workflowId(caseId);
    }

    @Override
    List<String> traces() {
        return List.of(payment.paymentId().substring("pay_".length()), saga.wallet.id(), saga.wallet.customerId());
    }

    @Override
    void start() {
        if (path.equals("reopens")) {
            saga.saboteur.plan("ledger.release", Fault.PERMANENT);
        }
        saga.accept(payment);
        switch (path) {
            case "is late" -> saga.temporal.sleep(PaymentSaga.REVIEW_TERMS.remindAfter());
            case "expires" -> saga.temporal.sleep(PaymentSaga.REVIEW_TERMS.dueAfter());
            case "approves" -> resolve(true);
            case "is handled" -> {
                untilRecorded(() -> stub(workflowId())
                        .update("assign", Void.class, new CaseAssignment("1", Operators.OLGA, Operators.OSCAR)));
                untilRecorded(() -> stub(workflowId())
                        .update("addNote", Void.class, new CaseNote(noteId(), Operators.OLGA, "no such supplier")));
                resolve(false);
            }
            case "rejects", "reopens" -> reject();
            default -> throw new IllegalArgumentException(path);
        }
    }

    private String noteId() {
        return "note_" + payment.paymentId();
    }

    private void resolve(boolean approve) {
        stub(workflowId())
                .startUpdate(
                        "resolve",
                        WorkflowUpdateStage.ACCEPTED,
                        CaseVerdict.class,
                        new CaseResolution(Operators.OLGA, approve, "looked into it"));
    }

    /** Rejects; and once more, if the case is open again. */
    private void reject() {
        resolve(false);
        await(() -> round() == 2);
        if (round() == 2) {
            rejectAgain();
        }
    }

    @Override
    void goOn() {
        if (path.equals("reopens")) {
            saga.passTimeUntil(() -> round() == 2);
            rejectAgain();
        }
    }

    private void rejectAgain() {
        saga.saboteur.repair("ledger.release");
        stub(workflowId())
                .update(
                        "resolve",
                        CaseVerdict.class,
                        new CaseResolution(Operators.OSCAR, false, "looked into it again"));
    }

    private int round() {
        return saga.jdbc
                .sql("SELECT round FROM payments.compliance_case WHERE id = :id")
                .param("id", caseId)
                .query(Integer.class)
                .single();
    }

    @Override
    void end() {
        super.end();
        saga.end(payment);
    }

    @Override
    Map<String, String> ending() {
        String theCase = saga.jdbc
                .sql("SELECT concat_ws(' ', status, verdict) FROM payments.compliance_case WHERE id = :id")
                .param("id", caseId)
                .query(String.class)
                .single();
        String paymentWorkflow = PaymentWorkflow.workflowId(payment.paymentId());
        return Map.of(
                "case", theCase,
                "saga", sagaStatus(workflowId()),
                "payment", paymentStatus(payment.paymentId()),
                "payment's saga", sagaStatus(paymentWorkflow),
                "wallet", walletChange(),
                "bank", String.valueOf(saga.bank.received.size()),
                "record", record(workflowId(), CaseMatrix.STEPS),
                "payment's record", record(paymentWorkflow, PaymentMatrix.STEPS));
    }

    @Override
    Object attempt(String step, TestActivityEnvironment activities) {
        ComplianceCaseActivities cases = activities.newActivityStub(ComplianceCaseActivities.class);
        return switch (step) {
            case "case.resolve" ->
                cases.resolve(CaseStep.RESOLVE.key(caseId, 1), caseId, CaseVerdict.REJECTED, Operators.OLGA, "late");
            case "payment.mark-rejected" -> {
                cases.markPaymentRejected(CaseStep.MARK_REJECTED.key(caseId, 1), payment.paymentId(), "late");
                yield NOTHING;
            }
            default -> throw new IllegalArgumentException(step);
        };
    }
}
