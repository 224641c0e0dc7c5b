package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.customers.Customers;
import io.fincore.customers.NewCustomer;
import io.fincore.ledger.ActivationOutcome;
import io.fincore.ledger.Book;
import io.fincore.ledger.Deposit;
import io.fincore.ledger.DepositOutcome;
import io.fincore.ledger.Ledger;
import io.fincore.ledger.OpenOutcome;
import io.fincore.ledger.OpenWallet;
import io.fincore.ledger.TrialBalance;
import io.fincore.ledger.Wallet;
import io.fincore.ledger.Wallets;
import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.workflows.SagaAttributes;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.activation.AccountActivationWorkflowImpl;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import io.fincore.workflows.compliance.ComplianceCaseWorkflowImpl;
import io.fincore.workflows.erasure.ErasureWorkflowImpl;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.fincore.workflows.payment.PaymentWorkflowImpl;
import io.fincore.workflows.refund.RefundWorkflowImpl;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The saga as a test drives it: real workflow and activities on a real PostgreSQL, a bank that the test scripts, and a Temporal
 * whose clock runs ahead when everything waits.
 */
final class PaymentSaga implements AutoCloseable {

    static final Money FUNDS = Money.of(100_000_00, "EUR");
    static final String OWNER = "alice";
    static final String TENANT = "acme";
    static final Steps.ReviewTerms REVIEW_TERMS =
            new Steps.ReviewTerms(Duration.ofHours(4), Duration.ofDays(1), Duration.ofDays(7));

    private static final PayloadKeys KEYS = PayloadKeys.ephemeral();

    final EmbeddedDatabase database;
    /** The steps that the platform was told of as done. */
    final List<StepKey> done = new CopyOnWriteArrayList<>();

    final Saboteur saboteur = new Saboteur();
    private final OneConnectionEach connections;
    final FakeBank bank = new FakeBank();
    final FakeKyc kyc = new FakeKyc();
    final TestWorkflowEnvironment temporal;
    /** While somebody calls by this one, the clock does not run ahead: what people do, they do before a timer of hours runs out. */
    final WorkflowClient people;

    final JdbcClient jdbc;
    final Steps steps;
    final Wallet wallet;

    PaymentSaga() {
        this(ComplianceCaseWorkflowImpl.class);
    }

    /** @param caseWorkflow stands in for the compliance case */
    PaymentSaga(Class<? extends ComplianceCaseWorkflow> caseWorkflow) {
        this(EmbeddedDatabase.create(), caseWorkflow);
    }

    /** On a database that others use too: only the wallet is its own. */
    PaymentSaga(EmbeddedDatabase shared) {
        this(shared, ComplianceCaseWorkflowImpl.class);
    }

    private PaymentSaga(EmbeddedDatabase database, Class<? extends ComplianceCaseWorkflow> caseWorkflow) {
        this.database = database;
        jdbc = JdbcClient.create(database.asSuperuser());
        temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(TemporalConnection.clientOptions("default", KEYS, OpenTelemetry.noop()))
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(saboteur)
                        .build())
                .build());
        SagaAttributes.ALL.forEach(
                key -> temporal.registerSearchAttribute(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        connections = new OneConnectionEach(database.as(DatabaseRole.WORKER));
        steps = new Steps(saboteur.wrap(connections), bank, kyc, REVIEW_TERMS, (key, attempts, took) -> done.add(key));
        Worker payments = temporal.newWorker(TaskQueues.PAYMENTS);
        payments.registerWorkflowImplementationTypes(
                PaymentWorkflowImpl.class,
                caseWorkflow,
                RefundWorkflowImpl.class,
                AccountActivationWorkflowImpl.class,
                ErasureWorkflowImpl.class);
        payments.registerActivitiesImplementations(steps.internal().toArray());
        payments.registerActivitiesImplementations(steps.erasures());
        temporal.newWorker(TaskQueues.BANK)
                .registerActivitiesImplementations(steps.bank().toArray());
        temporal.newWorker(TaskQueues.KYC)
                .registerActivitiesImplementations(steps.kyc().toArray());
        temporal.start();
        // The environment's own client lets the clock run while it waits, and so does any other with its options.
        people = WorkflowClient.newInstance(
                temporal.getWorkflowServiceStubs(),
                TemporalConnection.clientOptions("default", KEYS, OpenTelemetry.noop()));
        wallet = fundedWallet();
    }

    private Wallet fundedWallet() {
        String customer = new Customers(database.as(DatabaseRole.API))
                .create(new NewCustomer(TENANT, OWNER, "Alice Example", "alice@example.com", null, null, Map.of()))
                .id();
        Wallets wallets = new Wallets(database.as(DatabaseRole.API));
        OpenOutcome opened = wallets.open(new OpenWallet(TENANT, OWNER, customer, new Currency("EUR"), Map.of()));
        Wallet open = ((OpenOutcome.Opened) opened).wallet();
        assertThat(new Ledger(database.as(DatabaseRole.WORKER)).activate(open.id()))
                .isEqualTo(new ActivationOutcome.Activated());
        assertThat(wallets.deposit(new Deposit("funds of " + open.id(), open.id(), FUNDS, null)))
                .isInstanceOf(DepositOutcome.Deposited.class);
        return open;
    }

    PaymentOrder order(long minorUnits) {
        return order(minorUnits, "ACME GmbH", Duration.ofHours(1));
    }

    PaymentOrder order(long minorUnits, String creditorName, Duration untilDeadline) {
        Instant now = Instant.ofEpochMilli(temporal.currentTimeMillis());
        return new PaymentOrder(
                IdType.PAYMENT.next(),
                TENANT,
                OWNER,
                wallet.customerId(),
                wallet.id(),
                Money.of(minorUnits, "EUR"),
                new PaymentOrder.Creditor(creditorName, "DE89370400440532013000", null),
                "INV-1",
                Map.of(),
                null,
                "test",
                now,
                now.plus(untilDeadline));
    }

    /** Starts as the API does, and returns the status of the acknowledgement. */
    PaymentStatus accept(PaymentOrder order) {
        PaymentWorkflow workflow = people.newWorkflowStub(
                PaymentWorkflow.class,
                options(order).toBuilder()
                        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                        .build());
        return WorkflowClient.executeUpdateWithStart(
                workflow::awaitAcceptance,
                UpdateOptions.<PaymentStatus>newBuilder()
                        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                        .build(),
                new WithStartWorkflowOperation<>(workflow::run, order));
    }

    /** Starts, and leaves at once. */
    WorkflowStub start(PaymentOrder order) {
        WorkflowStub stub =
                temporal.getWorkflowClient().newUntypedWorkflowStub(PaymentWorkflow.WORKFLOW_TYPE, options(order));
        stub.start(order);
        return stub;
    }

    private static WorkflowOptions options(PaymentOrder order) {
        return WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.PAYMENTS)
                .setWorkflowId(PaymentWorkflow.workflowId(order.paymentId()))
                .setStaticSummary(order.amount().toString())
                .build();
    }

    PaymentWorkflow workflow(PaymentOrder order) {
        return people.newWorkflowStub(PaymentWorkflow.class, PaymentWorkflow.workflowId(order.paymentId()));
    }

    ComplianceCaseWorkflow theCase(PaymentOrder order) {
        return people.newWorkflowStub(
                ComplianceCaseWorkflow.class,
                ComplianceCaseWorkflow.workflowId(ComplianceCaseWorkflow.caseId(order.paymentId())));
    }

    /**
     * Waits until the workflow has closed; the clock runs ahead, by years if a call to the bank is left open behind it. The deadlines
     * of a case come from the database's clock, so open none after that.
     */
    PaymentStatus end(PaymentOrder order) {
        return temporal.getWorkflowClient()
                .newUntypedWorkflowStub(PaymentWorkflow.workflowId(order.paymentId()))
                .getResult(PaymentStatus.class);
    }

    PaymentStatus run(PaymentOrder order) {
        start(order);
        return end(order);
    }

    void callback(PaymentOrder order, String eventId, BankAnswer answer) {
        workflow(order).bankReported(new BankReport(eventId, answer));
    }

    /** Asserts how the payment ended and that nothing else moved. */
    void assertEnded(PaymentOrder order, PaymentStatus status, String failureCode) {
        Map<String, Object> row =
                jdbc.sql("""
                SELECT p.status, coalesce(p.failure_code, '') AS failure_code, s.status AS saga_status
                  FROM payments.payment p JOIN saga.saga s ON s.subject_id = p.id WHERE p.id = :id""").param("id", order.paymentId()).query().singleRow();
        boolean paid = status == PaymentStatus.COMPLETED;
        assertThat(row)
                .containsEntry("status", status.code())
                .containsEntry("failure_code", failureCode)
                .containsEntry("saga_status", paid ? "SUCCEEDED" : "FAILED");
        Money expected = paid ? FUNDS.minus(order.amount()) : FUNDS;
        Wallet after =
                new Wallets(database.as(DatabaseRole.WORKER)).find(wallet.id()).orElseThrow();
        assertThat(after.balance()).as("balance").isEqualTo(expected);
        assertThat(after.available()).as("available").isEqualTo(expected);
        assertBookIsSound();
        assertThat(histories(order)).as("history").endsWith(status.code());
        assertThat(events(order)).as("events").startsWith("payment.created").contains("payment." + status.code());
        assertThat(jdbc.sql("SELECT count(*) FROM saga.step WHERE call_is_open")
                        .query(Integer.class)
                        .single())
                .as("calls whose fate is open")
                .isZero();
    }

    void assertBookIsSound() {
        Book book = new Book(database.as(DatabaseRole.WORKER));
        assertThat(book.trialBalances()).allMatch(TrialBalance::isBalanced);
        assertThat(new BookCheck(database.as(DatabaseRole.WORKER)).run(List.of()))
                .allMatch(BookCheck.Finding::isSound);
        assertThat(book.openHolds()).as("open holds").isEmpty();
        assertThat(book.clearing(new Currency("EUR"))).as("clearing").isZero();
    }

    List<String> histories(PaymentOrder order) {
        return jdbc.sql("SELECT to_status FROM payments.payment_history WHERE payment_id = :id ORDER BY number")
                .param("id", order.paymentId())
                .query(String.class)
                .list();
    }

    List<String> events(PaymentOrder order) {
        return events(order.paymentId());
    }

    /** @param subjectId the payment, refund, case or activation */
    List<String> events(String subjectId) {
        return jdbc.sql("SELECT type FROM outbox.event WHERE subject_id = :id ORDER BY id")
                .param("id", subjectId)
                .query(String.class)
                .list();
    }

    /** {@code name=STATUS} of each step, in the order of number and start. */
    List<String> steps(PaymentOrder order) {
        return jdbc.sql("""
                SELECT t.name || '=' || t.status FROM saga.step t JOIN saga.saga s USING (workflow_id)
                 WHERE s.subject_id = :id ORDER BY t.started_at""").param("id", order.paymentId()).query(String.class).list();
    }

    /** The events of the payment's workflow so far. */
    List<HistoryEvent> workflowEvents(PaymentOrder order) {
        return workflowEvents(PaymentWorkflow.workflowId(order.paymentId()));
    }

    private List<HistoryEvent> workflowEvents(String workflowId) {
        return temporal.getWorkflowClient().fetchHistory(workflowId).getEvents();
    }

    /** The regular activities of a workflow by type, in the order of their scheduling; local ones are not among them. */
    List<String> regularActivities(String workflowId) {
        return workflowEvents(workflowId).stream()
                .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
                .map(event -> event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName())
                .toList();
    }

    /** Lets the clock run ahead until it is so, in small steps, so that no timer of hours runs out meanwhile. */
    void passTimeUntil(BooleanSupplier condition) {
        Instant patience = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(patience);
            temporal.sleep(Duration.ofSeconds(5));
        }
    }

    /** All activities, to be attempted without a workflow that waits for them. */
    TestActivityEnvironment activities() {
        TestActivityEnvironment activities = TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(TemporalConnection.clientOptions("default", KEYS, OpenTelemetry.noop()))
                .build());
        Stream.of(steps.internal(), steps.bank(), steps.kyc())
                .flatMap(List::stream)
                .forEach(activities::registerActivitiesImplementations);
        return activities;
    }

    /** Waits for what no call of ours waits for. */
    static void await(BooleanSupplier condition) {
        Instant patience = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(patience);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        temporal.close();
        connections.assertNobodyTookTwo();
        DescribedEvents.require(database);
    }
}
