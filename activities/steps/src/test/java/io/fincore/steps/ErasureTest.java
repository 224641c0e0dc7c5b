package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.audit.AuditLog;
import io.fincore.audit.AuditVerdict;
import io.fincore.audit.AuditVerification;
import io.fincore.ledger.ChangeStatus;
import io.fincore.ledger.WalletStatus;
import io.fincore.ledger.Wallets;
import io.fincore.ledger.Withdrawal;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import io.fincore.providers.BankStatus;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.erasure.ErasureCancellation;
import io.fincore.workflows.erasure.ErasureOrder;
import io.fincore.workflows.erasure.ErasureState;
import io.fincore.workflows.erasure.ErasureStatus;
import io.fincore.workflows.erasure.ErasureWorkflow;
import io.fincore.workflows.erasure.Obstacle;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person is forgotten when nothing of them is open, and nobody forgets the request. */
class ErasureTest {

    private final PaymentSaga saga = new PaymentSaga();
    private final String customer = saga.wallet.customerId();

    @AfterEach
    void close() {
        saga.close();
    }

    @Test
    void replacesWhatTellsOfThePersonAndLeavesBookAndAuditValid() {
        saga.bank.willAnswer(new BankStatus.Settled("B-1"));
        PaymentOrder payment = saga.order(1250);
        assertThat(saga.run(payment)).isEqualTo(PaymentStatus.COMPLETED);
        closeWallet(1250);
        ErasureOrder order = order();

        assertThat(end(start(order))).isEqualTo(ErasureStatus.COMPLETED);

        assertThat(saga.jdbc.sql("""
                                SELECT name, email, coalesce(country, '') AS country, metadata::text AS metadata, status,
                                       erased_at IS NOT NULL AS dated
                                  FROM customers.customer WHERE id = ?""").param(customer).query().singleRow())
                .isEqualTo(Map.of(
                        "name", "erased",
                        "email", "erased-" + customer + "@invalid",
                        "country", "",
                        "metadata", "{}",
                        "status", "erased",
                        "dated", true));
        assertThat(saga.events(order.erasureId())).containsExactly("erasure.requested", "customer.erased");
        assertThat(row(order)).isEqualTo("completed []");
        // Kept: the payment with its creditor, the book, and the log.
        assertThat(saga.jdbc
                        .sql("SELECT creditor_name FROM payments.payment WHERE id = ?")
                        .param(payment.paymentId())
                        .query(String.class)
                        .single())
                .isEqualTo("ACME GmbH");
        saga.assertBookIsSound();
        new AuditLog(saga.database.as(DatabaseRole.WORKER)).seal(100_000);
        assertThat(new AuditVerification(saga.database.as(DatabaseRole.WORKER)).verify(List.of()))
                .isInstanceOf(AuditVerdict.Verified.class);
        assertThat(saga.jdbc
                        .sql("SELECT count(*) FROM audit.entry e WHERE e::text LIKE '%alice@example.com%'"
                                + " OR e::text LIKE '%Alice Example%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void waitsForWhatIsOpenRemindsAlertsAndNeverGivesUp() {
        ErasureOrder order = order();
        WorkflowStub workflow = start(order);
        PaymentSaga.await(() -> row(order).contains("wallet"));
        assertThat(workflow.query("state", ErasureState.class).obstacles())
                .containsExactly(new Obstacle("wallet", saga.wallet.id(), "active"));

        saga.temporal.sleep(Duration.ofHours(3));
        PaymentSaga.await(() -> saga.events(order.erasureId()).contains("erasure.reminder"));
        assertThat(row(order)).startsWith("pending");

        saga.temporal.sleep(Duration.ofDays(2));
        PaymentSaga.await(() -> row(order).startsWith("overdue"));
        assertThat(workflow.query("state", ErasureState.class).status()).isEqualTo(ErasureStatus.OVERDUE);
        assertThat(name()).isEqualTo("Alice Example");

        closeWallet(0);
        assertThat(end(workflow)).isEqualTo(ErasureStatus.COMPLETED);
        assertThat(name()).isEqualTo("erased");
        assertThat(saga.events(order.erasureId()))
                .containsExactly("erasure.requested", "erasure.reminder", "erasure.overdue", "customer.erased");
    }

    @Test
    void namesAPaymentUnderWay() {
        saga.bank.willAnswer(new BankStatus.Accepted("B-1"));
        PaymentOrder payment = saga.order(1250);
        saga.accept(payment);
        ErasureOrder order = order();
        start(order);

        PaymentSaga.await(() -> row(order).contains(payment.paymentId()));

        assertThat(row(order)).contains("\"kind\": \"payment\"", "\"kind\": \"wallet\"");
    }

    @Test
    void thePersonMayChangeTheirMind() {
        ErasureOrder order = order();
        WorkflowStub workflow = start(order);
        PaymentSaga.await(() -> row(order).contains("wallet"));

        ErasureStatus cancelled = saga.people
                .newWorkflowStub(ErasureWorkflow.class, ErasureWorkflow.workflowId(order.erasureId()))
                .cancel(new ErasureCancellation("ada"));

        assertThat(cancelled).isEqualTo(ErasureStatus.CANCELLED);
        assertThat(end(workflow)).isEqualTo(ErasureStatus.CANCELLED);
        assertThat(row(order)).startsWith("cancelled");
        assertThat(name()).isEqualTo("Alice Example");
        assertThat(saga.events(order.erasureId())).containsExactly("erasure.requested", "erasure.cancelled");
    }

    @Test
    void isTakenBackBeforeItHasBegun() {
        ErasureOrder order = order();

        ErasureWorkflow workflow = saga.people.newWorkflowStub(
                ErasureWorkflow.class,
                options(order).toBuilder()
                        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                        .build());
        ErasureStatus cancelled = WorkflowClient.executeUpdateWithStart(
                workflow::cancel,
                new ErasureCancellation("ada"),
                UpdateOptions.<ErasureStatus>newBuilder()
                        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                        .build(),
                new WithStartWorkflowOperation<>(workflow::run, order));

        assertThat(cancelled).isEqualTo(ErasureStatus.CANCELLED);
        assertThat(row(order)).startsWith("cancelled");
        assertThat(name()).isEqualTo("Alice Example");
        assertThat(saga.events(order.erasureId())).containsExactly("erasure.requested", "erasure.cancelled");
    }

    @Test
    void aFaultIsTriedAgainForAsLongAsItTakes() {
        closeWallet(0);
        saga.jdbc
                .sql("REVOKE EXECUTE ON FUNCTION customers.erase FROM fincore_worker")
                .update();
        ErasureOrder order = order();
        WorkflowStub workflow = start(order);
        PaymentSaga.await(
                () -> workflow.query("state", ErasureState.class).next().contains("it failed"));
        assertThat(row(order)).startsWith("pending");

        saga.jdbc
                .sql("GRANT EXECUTE ON FUNCTION customers.erase TO fincore_worker")
                .update();

        assertThat(end(workflow)).isEqualTo(ErasureStatus.COMPLETED);
        assertThat(name()).isEqualTo("erased");
    }

    @Test
    void aCancellationThatFailsIsTriedAgainAfterAPauseOnly() {
        ErasureOrder order = order();
        WorkflowStub workflow = cancelledInVain(order);
        saga.temporal.sleep(Duration.ofMinutes(10));

        // At once, and after pauses that double, from two minutes on.
        assertThat(tries(workflow, "erasure.cancel")).isBetween(2L, 4L);
        assertThat(row(order)).startsWith("pending");
        grantCancelling();
        assertThat(end(workflow)).isEqualTo(ErasureStatus.CANCELLED);
        assertThat(row(order)).startsWith("cancelled");
        assertThat(saga.events(order.erasureId())).containsExactly("erasure.requested", "erasure.cancelled");
    }

    /** Its cancellation waits, which the database refuses until {@link #grantCancelling}. */
    private WorkflowStub cancelledInVain(ErasureOrder order) {
        WorkflowStub workflow = start(order);
        PaymentSaga.await(() -> row(order).contains("wallet"));
        saga.jdbc
                .sql("REVOKE UPDATE (cancelled_by) ON payments.erasure FROM fincore_worker")
                .update();
        workflow.startUpdate(
                "cancelErasure", WorkflowUpdateStage.ACCEPTED, ErasureStatus.class, new ErasureCancellation("ada"));
        PaymentSaga.await(
                () -> workflow.query("state", ErasureState.class).next().contains("it failed"));
        return workflow;
    }

    private void grantCancelling() {
        saga.jdbc
                .sql("GRANT UPDATE (cancelled_by) ON payments.erasure TO fincore_worker")
                .update();
    }

    @Test
    void anotherCancellationDoesNotWaitForThePause() {
        ErasureOrder order = order();
        WorkflowStub workflow = cancelledInVain(order);
        grantCancelling();

        // The clock stands still meanwhile.
        assertThat(workflow.update("cancelErasure", ErasureStatus.class, new ErasureCancellation("ada")))
                .isEqualTo(ErasureStatus.CANCELLED);
        assertThat(end(workflow)).isEqualTo(ErasureStatus.CANCELLED);
    }

    @Test
    void startedAgainItGoesOnFromItsRow() {
        ErasureOrder order = order(Duration.ofMinutes(1), Duration.ofMinutes(2));
        WorkflowStub terminated = start(order);
        PaymentSaga.await(() -> row(order).contains("wallet"));
        saga.temporal.sleep(Duration.ofMinutes(5));
        PaymentSaga.await(() -> row(order).startsWith("overdue"));
        terminated.terminate("by mistake");

        WorkflowStub again = start(order);
        PaymentSaga.await(() -> again.query("state", ErasureState.class).status() == ErasureStatus.OVERDUE);
        closeWallet(0);

        assertThat(end(again)).isEqualTo(ErasureStatus.COMPLETED);
        assertThat(saga.events(order.erasureId()))
                .as("nothing is said twice")
                .containsExactly("erasure.requested", "erasure.reminder", "erasure.overdue", "customer.erased");
    }

    @Test
    void theDeadlineIsObservedWhateverFails() {
        closeWallet(0);
        saga.jdbc
                .sql("REVOKE EXECUTE ON FUNCTION customers.erase FROM fincore_worker")
                .update();
        // Each try fails for seconds of the real clock before it is given up: few of them are to fit.
        ErasureOrder order = order(Duration.ofMinutes(2), Duration.ofMinutes(4));
        WorkflowStub workflow = start(order);
        PaymentSaga.await(
                () -> workflow.query("state", ErasureState.class).next().contains("it failed"));

        saga.temporal.sleep(Duration.ofMinutes(20));

        PaymentSaga.await(() -> row(order).startsWith("overdue"));
        assertThat(saga.events(order.erasureId()))
                .containsExactly("erasure.requested", "erasure.reminder", "erasure.overdue");
        saga.jdbc
                .sql("GRANT EXECUTE ON FUNCTION customers.erase TO fincore_worker")
                .update();
        assertThat(end(workflow)).isEqualTo(ErasureStatus.COMPLETED);
    }

    @Test
    void erasedIsForEver() {
        closeWallet(0);
        assertThat(end(start(order()))).isEqualTo(ErasureStatus.COMPLETED);

        assertThatThrownBy(() -> saga.jdbc
                        .sql("UPDATE customers.customer SET status = 'verified' WHERE id = ?")
                        .param(customer)
                        .update())
                .hasMessageContaining("erased is for ever");
    }

    private ErasureOrder order() {
        return order(Duration.ofHours(2), Duration.ofDays(2));
    }

    private ErasureOrder order(Duration remindAfter, Duration deadline) {
        Instant now = Instant.ofEpochMilli(saga.temporal.currentTimeMillis());
        return new ErasureOrder(
                IdType.ERASURE.next(),
                customer,
                PaymentSaga.TENANT,
                PaymentSaga.OWNER,
                "wants to be forgotten",
                "test",
                now,
                now.plus(remindAfter),
                now.plus(deadline));
    }

    /** Starts, and leaves at once. */
    private WorkflowStub start(ErasureOrder order) {
        WorkflowStub stub = saga.people.newUntypedWorkflowStub(ErasureWorkflow.WORKFLOW_TYPE, options(order));
        stub.start(order);
        return stub;
    }

    private static WorkflowOptions options(ErasureOrder order) {
        return WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.PAYMENTS)
                .setWorkflowId(ErasureWorkflow.workflowId(order.erasureId()))
                .build();
    }

    /** Waits until the workflow has closed; the clock runs ahead. */
    private ErasureStatus end(WorkflowStub workflow) {
        return saga.temporal
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        Objects.requireNonNull(workflow.getExecution()).getWorkflowId())
                .getResult(ErasureStatus.class);
    }

    private long tries(WorkflowStub workflow, String step) {
        return saga
                .people
                .fetchHistory(Objects.requireNonNull(workflow.getExecution()).getWorkflowId())
                .getEvents()
                .stream()
                .filter(event -> event.hasActivityTaskScheduledEventAttributes()
                        && event.getActivityTaskScheduledEventAttributes()
                                .getActivityType()
                                .getName()
                                .equals(step))
                .count();
    }

    private void closeWallet(long paid) {
        Wallets wallets = new Wallets(saga.database.as(DatabaseRole.API));
        Money rest = Money.of(PaymentSaga.FUNDS.minorUnits() - paid, "EUR");
        wallets.withdraw(new Withdrawal("all " + customer, saga.wallet.id(), rest, null, Map.of()));
        wallets.change(new ChangeStatus(saga.wallet.id(), WalletStatus.CLOSED, "olga", "leaves"));
    }

    private String name() {
        return saga.jdbc
                .sql("SELECT name FROM customers.customer WHERE id = ?")
                .param(customer)
                .query(String.class)
                .single();
    }

    /** Status and obstacles; empty before there is one. */
    private String row(ErasureOrder order) {
        return saga.jdbc
                .sql("SELECT status || ' ' || obstacles::text FROM payments.erasure WHERE id = ?")
                .param(order.erasureId())
                .query(String.class)
                .optional()
                .orElse("");
    }
}
