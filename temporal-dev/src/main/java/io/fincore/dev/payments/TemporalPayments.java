package io.fincore.dev.payments;

import io.fincore.dev.stack.TemporalProcess;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.activation.AccountActivationWorkflow;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.client.Payloads;
import io.fincore.workflows.client.TemporalConnection;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.fincore.workflows.refund.RefundAcceptance;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundWorkflow;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;

/** The calls that the API makes to the workflows, made directly. */
public final class TemporalPayments implements AutoCloseable {

    /** On a machine that has much else to do, the first connection takes longer than the SDK waits by default. */
    private static final Duration FIRST_ANSWER_WITHIN = Duration.ofSeconds(30);

    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;
    private final DecodedHistory histories;

    public TemporalPayments(TemporalProcess temporal) {
        stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder(TemporalConnection.stubsOptions(temporal.target()))
                        .setSystemInfoTimeout(FIRST_ANSWER_WITHIN)
                        .build());
        histories = new DecodedHistory(Payloads.codec(temporal.payloadKeys()));
        client = WorkflowClient.newInstance(
                stubs,
                TemporalConnection.clientOptions(
                        TemporalProcess.NAMESPACE, temporal.payloadKeys(), OpenTelemetry.noop()));
    }

    public WorkflowClient client() {
        return client;
    }

    /** What has happened in a workflow, decoded: for who reads it, or replays it without keys. */
    public WorkflowExecutionHistory history(String workflowId) {
        WorkflowExecutionHistory encoded = client.fetchHistory(workflowId);
        return new WorkflowExecutionHistory(histories.of(encoded.getHistory()), workflowId);
    }

    /** Starts the payment and waits for its acceptance, in one call. */
    public PaymentStatus accept(PaymentOrder order) {
        PaymentWorkflow workflow = client.newWorkflowStub(PaymentWorkflow.class, options(order));
        return WorkflowClient.executeUpdateWithStart(
                workflow::awaitAcceptance,
                UpdateOptions.<PaymentStatus>newBuilder()
                        .setUpdateId(order.paymentId())
                        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                        .build(),
                new WithStartWorkflowOperation<>(workflow::run, order));
    }

    /** Starts the refund and waits for its acceptance, in one call. */
    public RefundAcceptance accept(RefundOrder order) {
        RefundWorkflow workflow = client.newWorkflowStub(
                RefundWorkflow.class, options(RefundWorkflow.workflowId(order.refundId()), "refund"));
        return WorkflowClient.executeUpdateWithStart(
                workflow::awaitAcceptance,
                UpdateOptions.<RefundAcceptance>newBuilder()
                        .setUpdateId(order.refundId())
                        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                        .build(),
                new WithStartWorkflowOperation<>(workflow::run, order));
    }

    /** Starts the activation and waits for its acceptance, in one call. */
    public ActivationStatus accept(ActivationOrder order) {
        AccountActivationWorkflow workflow = client.newWorkflowStub(
                AccountActivationWorkflow.class,
                options(AccountActivationWorkflow.workflowId(order.activationId()), "activation"));
        return WorkflowClient.executeUpdateWithStart(
                workflow::awaitAcceptance,
                UpdateOptions.<ActivationStatus>newBuilder()
                        .setUpdateId(order.activationId())
                        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                        .build(),
                new WithStartWorkflowOperation<>(workflow::run, order));
    }

    /** Starts the payment and leaves at once. */
    public void start(PaymentOrder order) {
        WorkflowClient.start(client.newWorkflowStub(PaymentWorkflow.class, options(order))::run, order);
    }

    public PaymentWorkflow payment(PaymentOrder order) {
        return client.newWorkflowStub(PaymentWorkflow.class, PaymentWorkflow.workflowId(order.paymentId()));
    }

    public ComplianceCaseWorkflow caseOf(PaymentOrder order) {
        return client.newWorkflowStub(ComplianceCaseWorkflow.class, caseWorkflowId(order));
    }

    public static String caseWorkflowId(PaymentOrder order) {
        return ComplianceCaseWorkflow.workflowId(ComplianceCaseWorkflow.caseId(order.paymentId()));
    }

    /** Waits until the workflow has closed; returns the status that it ended with. */
    public PaymentStatus end(PaymentOrder order) {
        return WorkflowStub.fromTyped(payment(order)).getResult(PaymentStatus.class);
    }

    @Override
    public void close() {
        stubs.shutdownNow();
    }

    private static WorkflowOptions options(PaymentOrder order) {
        return options(PaymentWorkflow.workflowId(order.paymentId()), order.amount() + " · " + order.reference());
    }

    private static WorkflowOptions options(String workflowId, String summary) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(TaskQueues.PAYMENTS)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setStaticSummary(summary)
                .build();
    }
}
