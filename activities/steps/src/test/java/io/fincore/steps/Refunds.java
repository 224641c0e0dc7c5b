package io.fincore.steps;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankReport;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.refund.RefundAcceptance;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundStatus;
import io.fincore.workflows.refund.RefundWorkflow;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refunds of a saga's payments, as a test drives them. */
final class Refunds {

    private final PaymentSaga saga;

    Refunds(PaymentSaga saga) {
        this.saga = saga;
    }

    /** @param amount null for all that is left */
    RefundOrder order(PaymentOrder payment, @Nullable Money amount) {
        return order(payment, amount, Duration.ofHours(1));
    }

    RefundOrder order(PaymentOrder payment, @Nullable Money amount, Duration untilDeadline) {
        Instant now = Instant.ofEpochMilli(saga.temporal.currentTimeMillis());
        return new RefundOrder(
                IdType.REFUND.next(),
                payment.paymentId(),
                PaymentSaga.TENANT,
                PaymentSaga.OWNER,
                amount,
                "goods came back",
                Map.of(),
                "test",
                now,
                now.plus(untilDeadline));
    }

    /** Starts as the API does, and returns what a client is told at once. */
    RefundAcceptance accept(RefundOrder order) {
        RefundWorkflow workflow = saga.people.newWorkflowStub(
                RefundWorkflow.class,
                options(order).toBuilder()
                        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                        .build());
        return WorkflowClient.executeUpdateWithStart(
                workflow::awaitAcceptance,
                UpdateOptions.<RefundAcceptance>newBuilder()
                        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                        .build(),
                new WithStartWorkflowOperation<>(workflow::run, order));
    }

    /** Starts, and leaves at once. */
    void start(RefundOrder order) {
        saga.people
                .newUntypedWorkflowStub(RefundWorkflow.WORKFLOW_TYPE, options(order))
                .start(order);
    }

    private static WorkflowOptions options(RefundOrder order) {
        return WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.PAYMENTS)
                .setWorkflowId(RefundWorkflow.workflowId(order.refundId()))
                .build();
    }

    RefundWorkflow workflow(RefundOrder order) {
        return saga.people.newWorkflowStub(RefundWorkflow.class, RefundWorkflow.workflowId(order.refundId()));
    }

    /** Waits until the workflow has closed; the clock runs ahead. */
    RefundStatus end(RefundOrder order) {
        return saga.temporal
                .getWorkflowClient()
                .newUntypedWorkflowStub(RefundWorkflow.workflowId(order.refundId()))
                .getResult(RefundStatus.class);
    }

    RefundStatus run(RefundOrder order) {
        start(order);
        return end(order);
    }

    void callback(RefundOrder order, String eventId, BankAnswer answer) {
        workflow(order).bankReported(new BankReport(eventId, answer));
    }

    /** {@code completed}, or {@code failed bank_rejected}; empty if there is none. */
    String status(RefundOrder order) {
        return saga.jdbc
                .sql("SELECT concat_ws(' ', status, failure_code) FROM payments.refund WHERE id = :id")
                .param("id", order.refundId())
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** {@code partially_refunded 500 of 1250, 250 reserved} */
    String payment(PaymentOrder payment) {
        return saga.jdbc
                .sql("""
                SELECT concat(status, ' ', refunded_amount, ' of ', amount, ', ', refund_reserved, ' reserved')
                  FROM payments.payment WHERE id = :id""")
                .param("id", payment.paymentId())
                .query(String.class)
                .single();
    }
}
