package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.payment.CancellationOutcome;
import io.fincore.workflows.payment.CancellationRequest;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who decides a payment in review when two do. */
class PaymentReviewTest {

    private static final CaseResolution APPROVE = new CaseResolution("olga", true, "known supplier");
    private static final CancellationRequest CANCEL = new CancellationRequest("alice", "changed my mind");

    private final PaymentSaga saga = new PaymentSaga();
    private final PaymentOrder order = saga.order(6_000_00);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        saga.close();
    }

    @Test
    void isCancelledWhenTheCaseIsWithdrawnBeforeItIsApproved() throws SQLException {
        assertThat(saga.accept(order)).isEqualTo(PaymentStatus.IN_REVIEW);
        CompletableFuture<CancellationOutcome> cancellation;
        try (Connection hold = holdTheCasesRow()) {
            cancellation =
                    CompletableFuture.supplyAsync(() -> saga.workflow(order).cancel(CANCEL), threads);
            PaymentSaga.await(this::verdictIsBeingRecorded);

            assertThatThrownBy(() -> saga.theCase(order).resolve(APPROVE))
                    .isInstanceOf(WorkflowUpdateException.class)
                    .hasRootCauseMessage(
                            "message='the case is WITHDRAWN already', type='CASE_ALREADY_RESOLVED', nonRetryable=true");
            hold.rollback();
        }

        assertThat(cancellation.join()).isEqualTo(new CancellationOutcome(true, PaymentStatus.IN_REVIEW));
        assertThat(saga.end(order)).isEqualTo(PaymentStatus.CANCELLED);
        saga.assertEnded(order, PaymentStatus.CANCELLED, "cancelled");
        assertThat(caseRow()).isEqualTo("WITHDRAWN by alice: The payment was cancelled.");
        assertThat(saga.bank.received).isEmpty();
    }

    @Test
    void isCancelledWhenTheCaseWasApprovedBeforeButTheBankNotAsked() throws SQLException {
        assertThat(saga.accept(order)).isEqualTo(PaymentStatus.IN_REVIEW);
        CompletableFuture<CaseVerdict> verdict;
        CompletableFuture<CancellationOutcome> cancellation;
        try (Connection hold = holdTheCasesRow()) {
            verdict = CompletableFuture.supplyAsync(() -> saga.theCase(order).resolve(APPROVE), threads);
            PaymentSaga.await(this::verdictIsBeingRecorded);
            cancellation =
                    CompletableFuture.supplyAsync(() -> saga.workflow(order).cancel(CANCEL), threads);
            PaymentSaga.await(() -> saga.workflowEvents(order).stream()
                    .anyMatch(HistoryEvent::hasExternalWorkflowExecutionSignaledEventAttributes));
            hold.rollback();
        }

        assertThat(verdict.join()).isEqualTo(CaseVerdict.APPROVED);
        assertThat(cancellation.join()).isEqualTo(new CancellationOutcome(true, PaymentStatus.IN_REVIEW));
        assertThat(saga.end(order)).isEqualTo(PaymentStatus.CANCELLED);
        saga.assertEnded(order, PaymentStatus.CANCELLED, "cancelled");
        assertThat(caseRow()).isEqualTo("APPROVED by olga: known supplier");
        assertThat(saga.jdbc
                        .sql("SELECT send_claim FROM payments.payment")
                        .query(String.class)
                        .single())
                .as("who was first")
                .isEqualTo("cancel");
        assertThat(saga.bank.received).isEmpty();
    }

    /** As an operator may in the Web UI, or a reset of the payment's workflow makes it seem. */
    @Test
    void isCancelledWhenTheCaseWasWithdrawnAndNobodyKnowsWhy() {
        assertThat(saga.accept(order)).isEqualTo(PaymentStatus.IN_REVIEW);

        saga.theCase(order).withdraw("operator");

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.CANCELLED);
        saga.assertEnded(order, PaymentStatus.CANCELLED, "cancelled");
        assertThat(saga.bank.received).isEmpty();
    }

    /** Until it is rolled back, no verdict can be recorded. */
    private Connection holdTheCasesRow() throws SQLException {
        Connection connection = saga.database.asSuperuser().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1 FROM payments.compliance_case FOR UPDATE");
        }
        return connection;
    }

    private boolean verdictIsBeingRecorded() {
        return saga.jdbc
                .sql(
                        "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .query(Boolean.class)
                .single();
    }

    private String caseRow() {
        return saga.jdbc
                .sql("SELECT upper(verdict) || ' by ' || resolved_by || ': ' || note FROM payments.compliance_case")
                .query(String.class)
                .single();
    }
}
