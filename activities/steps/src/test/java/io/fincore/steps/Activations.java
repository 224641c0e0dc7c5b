package io.fincore.steps;

import io.fincore.customers.Customers;
import io.fincore.customers.NewCustomer;
import io.fincore.ledger.OpenOutcome;
import io.fincore.ledger.OpenWallet;
import io.fincore.ledger.Wallet;
import io.fincore.ledger.Wallets;
import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.postgres.DatabaseRole;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.activation.AccountActivationWorkflow;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.activation.KycAnswer;
import io.fincore.workflows.activation.KycReport;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Account activations, as a test drives them. */
final class Activations {

    private final PaymentSaga saga;
    private final Wallets wallets;

    Activations(PaymentSaga saga) {
        this.saga = saga;
        this.wallets = new Wallets(saga.database.as(DatabaseRole.API));
    }

    /** A new customer's wallet, which waits for its activation. */
    Wallet wallet() {
        String customer = new Customers(saga.database.as(DatabaseRole.API))
                .create(new NewCustomer(
                        PaymentSaga.TENANT, PaymentSaga.OWNER, "Bob Example", "bob@example.com", null, null, Map.of()))
                .id();
        return wallet(customer, "EUR");
    }

    Wallet wallet(String customerId, String currency) {
        OpenOutcome opened = wallets.open(
                new OpenWallet(PaymentSaga.TENANT, PaymentSaga.OWNER, customerId, new Currency(currency), Map.of()));
        return ((OpenOutcome.Opened) opened).wallet();
    }

    /** As somebody at the bank's side does, in the meantime. */
    void freeze(Wallet wallet) {
        saga.jdbc
                .sql("UPDATE ledger.wallet SET status = 'frozen' WHERE id = :id")
                .param("id", wallet.id())
                .update();
    }

    ActivationOrder order(Wallet wallet) {
        return order(wallet, Duration.ofDays(7));
    }

    ActivationOrder order(Wallet wallet, Duration untilDeadline) {
        Instant now = Instant.ofEpochMilli(saga.temporal.currentTimeMillis());
        return new ActivationOrder(
                IdType.ACTIVATION.next(),
                wallet.customerId(),
                wallet.id(),
                PaymentSaga.TENANT,
                PaymentSaga.OWNER,
                Map.of(),
                "test",
                now,
                now.plus(untilDeadline));
    }

    /** Starts as the API does, and returns the status of the acknowledgement. */
    ActivationStatus accept(ActivationOrder order) {
        AccountActivationWorkflow workflow = saga.people.newWorkflowStub(
                AccountActivationWorkflow.class,
                options(order).toBuilder()
                        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                        .build());
        return WorkflowClient.executeUpdateWithStart(
                workflow::awaitAcceptance,
                UpdateOptions.<ActivationStatus>newBuilder()
                        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                        .build(),
                new WithStartWorkflowOperation<>(workflow::run, order));
    }

    /** Starts, and leaves at once. */
    void start(ActivationOrder order) {
        saga.people
                .newUntypedWorkflowStub(AccountActivationWorkflow.WORKFLOW_TYPE, options(order))
                .start(order);
    }

    private static WorkflowOptions options(ActivationOrder order) {
        return WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.PAYMENTS)
                .setWorkflowId(AccountActivationWorkflow.workflowId(order.activationId()))
                .build();
    }

    AccountActivationWorkflow workflow(ActivationOrder order) {
        return saga.people.newWorkflowStub(
                AccountActivationWorkflow.class, AccountActivationWorkflow.workflowId(order.activationId()));
    }

    /** Waits until the workflow has closed; the clock runs ahead. */
    ActivationStatus end(ActivationOrder order) {
        return saga.temporal
                .getWorkflowClient()
                .newUntypedWorkflowStub(AccountActivationWorkflow.workflowId(order.activationId()))
                .getResult(ActivationStatus.class);
    }

    ActivationStatus run(ActivationOrder order) {
        start(order);
        return end(order);
    }

    void callback(ActivationOrder order, String eventId, KycAnswer answer) {
        workflow(order).kycReported(new KycReport(eventId, answer));
    }

    /** {@code completed}, or {@code rejected kyc_rejected} */
    String status(ActivationOrder order) {
        return saga.jdbc
                .sql("SELECT concat_ws(' ', status, failure_code) FROM payments.account_activation WHERE id = :id")
                .param("id", order.activationId())
                .query(String.class)
                .single();
    }

    String customerStatus(Wallet wallet) {
        return new Customers(saga.database.as(DatabaseRole.API))
                .find(wallet.customerId())
                .orElseThrow()
                .status()
                .name()
                .toLowerCase(Locale.ROOT);
    }

    String walletStatus(Wallet wallet) {
        return wallets.find(wallet.id()).orElseThrow().status().name().toLowerCase(Locale.ROOT);
    }
}
