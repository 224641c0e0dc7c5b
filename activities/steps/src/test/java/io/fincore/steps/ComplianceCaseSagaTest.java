package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.workflows.compliance.CaseAssignment;
import io.fincore.workflows.compliance.CaseNote;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import io.fincore.workflows.payment.CancellationOutcome;
import io.fincore.workflows.payment.CancellationRequest;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class ComplianceCaseSagaTest {

    private static final CaseResolution APPROVE = new CaseResolution("olga", true, "known supplier");
    private static final CaseResolution REJECT = new CaseResolution("olga", false, "not plausible");

    private final PaymentSaga saga = new PaymentSaga();
    private final PaymentOrder payment = saga.order(6_000_00);
    private final String caseId = ComplianceCaseWorkflow.caseId(payment.paymentId());

    ComplianceCaseSagaTest() {
        assertThat(saga.accept(payment)).isEqualTo(PaymentStatus.IN_REVIEW);
    }

    @AfterEach
    void close() {
        saga.close();
    }

    @Test
    void remindsEscalatesAndExpires() {
        pass(PaymentSaga.REVIEW_TERMS.remindAfter());
        assertThat(saga.events(caseId)).containsExactly("case.opened", "case.reminder");

        pass(PaymentSaga.REVIEW_TERMS.dueAfter().minus(PaymentSaga.REVIEW_TERMS.remindAfter()));
        assertThat(saga.events(caseId)).containsExactly("case.opened", "case.reminder", "case.escalated");
        assertThat(theCase()).isEqualTo("open, round 1, escalated");

        assertThat(saga.end(payment)).isEqualTo(PaymentStatus.REJECTED);
        saga.assertEnded(payment, PaymentStatus.REJECTED, "case_rejected");
        assertThat(saga.events(caseId))
                .containsExactly("case.opened", "case.reminder", "case.escalated", "case.resolved");
        assertThat(theCase()).isEqualTo("resolved expired by system, round 1, escalated");
    }

    @Test
    void remindsOfNothingThatIsDecided() {
        saga.theCase(payment).resolve(APPROVE);

        assertThat(saga.end(payment)).isEqualTo(PaymentStatus.COMPLETED);

        pass(PaymentSaga.REVIEW_TERMS.expireAfter());
        assertThat(saga.events(caseId)).containsExactly("case.opened", "case.resolved");
    }

    @Test
    void isAssignedAndNotedAndThenResolved() {
        saga.theCase(payment).assign(new CaseAssignment("1", "oscar", "olga"));
        saga.theCase(payment).assign(new CaseAssignment("2", "olga", "oscar"));
        saga.theCase(payment).addNote(new CaseNote("note_1", "olga", "asked for the invoice"));
        saga.theCase(payment).addNote(new CaseNote("note_2", "olga", "there is none"));

        assertThat(assignee()).isEqualTo("olga");
        assertThat(notes()).containsExactly("olga: asked for the invoice", "olga: there is none");
        assertThat(saga.theCase(payment).resolve(REJECT)).isEqualTo(CaseVerdict.REJECTED);
        assertThat(saga.end(payment)).isEqualTo(PaymentStatus.REJECTED);
        saga.assertEnded(payment, PaymentStatus.REJECTED, "case_rejected");
        assertThat(saga.events(caseId))
                .containsExactly("case.opened", "case.assigned", "case.assigned", "case.resolved");
    }

    /** Who hands on what was noted may tell of a suspicion, which the law on money laundering forbids. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsThePayerNeitherWhoDecidedNorWhatTheyNoted(boolean approve) {
        saga.theCase(payment).assign(new CaseAssignment("1", "officer", "officer"));
        saga.theCase(payment).addNote(new CaseNote("note_1", "officer", "smells of layering"));
        saga.theCase(payment).resolve(new CaseResolution("officer", approve, "reported, number 4711"));

        assertThat(saga.end(payment)).isEqualTo(approve ? PaymentStatus.COMPLETED : PaymentStatus.REJECTED);

        assertThat(shownToThePayer())
                .contains(approve ? "payment.completed" : "\"reason\": \"The payment was not approved.\"")
                .contains(approve ? "(case,approved," : "(case,rejected,")
                .doesNotContain("officer", "layering", "4711");
    }

    /** The payment, its timeline and its events, as those who read them get them. */
    private String shownToThePayer() {
        return saga.jdbc.sql("""
                        SELECT string_agg(shown, chr(10)) FROM (
                            SELECT payment::text AS shown FROM read.payment
                            UNION ALL SELECT (kind, name, detail)::text FROM read.payment_timeline
                            UNION ALL SELECT type || ' ' || payload FROM outbox.client_event) AS seen""").query(String.class).single();
    }

    @Test
    void refusesWhoOrderedThePayment() {
        assertThatThrownBy(() -> saga.theCase(payment).assign(new CaseAssignment("1", PaymentSaga.OWNER, "olga")))
                .isInstanceOf(WorkflowUpdateException.class)
                .rootCause()
                .hasMessageContaining("CASE_RESOLVER_IS_CREATOR");
        assertThatThrownBy(
                        () -> saga.theCase(payment).resolve(new CaseResolution(PaymentSaga.OWNER, true, "it is mine")))
                .isInstanceOf(WorkflowUpdateException.class)
                .rootCause()
                .hasMessageContaining("CASE_RESOLVER_IS_CREATOR");

        assertThat(theCase()).isEqualTo("open, round 1");
        assertThat(assignee()).isEqualTo("nobody");
    }

    @Test
    void refusesASecondVerdict() {
        WorkflowUpdateHandle<CaseVerdict> first = resolving(APPROVE);
        WorkflowUpdateHandle<CaseVerdict> second = resolving(REJECT);

        assertThat(first.getResultAsync().join()).isEqualTo(CaseVerdict.APPROVED);
        assertThatThrownBy(() -> second.getResultAsync().join())
                .rootCause()
                .satisfies(
                        refusal -> assertThat(refusal.toString()).containsAnyOf("CASE_ALREADY_RESOLVED", "NOT_FOUND"));

        assertThat(saga.end(payment)).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(theCase()).isEqualTo("resolved approved by olga, round 1");
    }

    @Test
    void opensAgainWhenTheLedgerRefusesAndEndsWellTheSecondTime() {
        rejectWhileTheLedgerRefuses();
        assertThat(theCase()).isEqualTo("open, round 2");
        assertThat(saga.histories(payment)).containsExactly("pending", "in_review");
        assertThat(pendingRejection()).as("a rejection that nobody has seen").isZero();
        assertThat(saga.events(caseId)).containsExactly("case.opened", "case.resolved", "case.reopened");

        saga.saboteur.repair("ledger.release");
        assertThat(saga.theCase(payment).resolve(new CaseResolution("oscar", false, "still not plausible")))
                .isEqualTo(CaseVerdict.REJECTED);

        assertThat(saga.end(payment)).isEqualTo(PaymentStatus.REJECTED);
        saga.assertEnded(payment, PaymentStatus.REJECTED, "case_rejected");
        assertThat(theCase()).isEqualTo("resolved rejected by oscar, round 2");
        assertThat(saga.histories(payment)).containsExactly("pending", "in_review", "rejected");
    }

    @Test
    void canBeApprovedTheSecondTime() {
        rejectWhileTheLedgerRefuses();

        assertThat(saga.theCase(payment).resolve(APPROVE)).isEqualTo(CaseVerdict.APPROVED);

        assertThat(saga.end(payment)).isEqualTo(PaymentStatus.COMPLETED);
        saga.assertEnded(payment, PaymentStatus.COMPLETED, "");
        assertThat(theCase()).isEqualTo("resolved approved by olga, round 2");
        assertThat(saga.bank.received).hasSize(1);
    }

    @Test
    void hasAsMuchTimeTheSecondTime() {
        pass(PaymentSaga.REVIEW_TERMS.dueAfter());
        rejectWhileTheLedgerRefuses();
        assertThat(theCase()).isEqualTo("open, round 2");

        saga.saboteur.repair("ledger.release");
        pass(PaymentSaga.REVIEW_TERMS.remindAfter());

        assertThat(saga.events(caseId))
                .containsExactly(
                        "case.opened",
                        "case.reminder",
                        "case.escalated",
                        "case.resolved",
                        "case.reopened",
                        "case.reminder");
        assertThat(saga.end(payment)).isEqualTo(PaymentStatus.REJECTED);
        assertThat(theCase()).isEqualTo("resolved expired by system, round 2, escalated");
    }

    @Test
    void isWithdrawnWhenThePaymentIsCancelledWhileItOpensAgain() {
        saga.saboteur.plan("ledger.release", Fault.PERMANENT);
        saga.theCase(payment).resolve(REJECT);
        WorkflowUpdateHandle<CancellationOutcome> cancellation = WorkflowStub.fromTyped(saga.workflow(payment))
                .startUpdate(
                        "cancel",
                        WorkflowUpdateStage.ACCEPTED,
                        CancellationOutcome.class,
                        new CancellationRequest(PaymentSaga.OWNER, "changed my mind"));

        saga.passTimeUntil(() -> round() == 2);
        saga.saboteur.repair("ledger.release");

        assertThat(cancellation.getResultAsync().join().accepted()).isTrue();
        assertThat(saga.end(payment)).isEqualTo(PaymentStatus.CANCELLED);
        saga.assertEnded(payment, PaymentStatus.CANCELLED, "cancelled");
        assertThat(theCase()).isEqualTo("resolved withdrawn by alice, round 2");
        assertThat(saga.bank.received).isEmpty();
    }

    /** Returns when the case is open again. */
    private void rejectWhileTheLedgerRefuses() {
        saga.saboteur.plan("ledger.release", Fault.PERMANENT);
        assertThat(saga.theCase(payment).resolve(REJECT)).isEqualTo(CaseVerdict.REJECTED);
        saga.passTimeUntil(() -> round() == 2);
    }

    private WorkflowUpdateHandle<CaseVerdict> resolving(CaseResolution resolution) {
        return WorkflowStub.fromTyped(saga.theCase(payment))
                .startUpdate("resolve", WorkflowUpdateStage.ACCEPTED, CaseVerdict.class, resolution);
    }

    /** Lets so much time pass, and a little more. */
    private void pass(Duration time) {
        saga.temporal.sleep(time.plusMinutes(1));
    }

    /** {@code resolved approved by olga, round 1, escalated} */
    private String theCase() {
        return saga.jdbc.sql("""
                SELECT concat_ws(', ', concat_ws(' ', status, verdict, 'by ' || resolved_by), 'round ' || round,
                                 CASE WHEN escalated_at IS NOT NULL THEN 'escalated' END)
                  FROM payments.compliance_case""").query(String.class).single();
    }

    private int round() {
        return saga.jdbc
                .sql("SELECT round FROM payments.compliance_case")
                .query(Integer.class)
                .single();
    }

    private String assignee() {
        return saga.jdbc
                .sql("SELECT coalesce(assignee, 'nobody') FROM payments.compliance_case")
                .query(String.class)
                .single();
    }

    private List<String> notes() {
        return saga.jdbc
                .sql("SELECT author || ': ' || body FROM payments.case_note ORDER BY id")
                .query(String.class)
                .list();
    }

    private int pendingRejection() {
        return saga.jdbc
                .sql(
                        "SELECT count(*) FROM payments.payment WHERE pending_status IS NOT NULL OR failure_code IS NOT NULL")
                .query(Integer.class)
                .single();
    }
}
