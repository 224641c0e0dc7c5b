package io.fincore.api.payments;

import io.fincore.api.settings.FincoreProperties;
import io.fincore.api.temporal.Deadlines;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Starts payment workflows: at most one for each payment, however often it is asked. */
@Component
class PaymentStarter {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentStarter.class);
    private static final Duration CONFIRMATION = Duration.ofSeconds(2);

    /** Temporal's limit for a static summary. */
    private static final int SUMMARY_BYTES = 200;

    private final WorkflowClient client;
    private final Duration acceptanceTimeout;

    PaymentStarter(WorkflowClient client, FincoreProperties properties) {
        this.client = client;
        this.acceptanceTimeout = properties.payments().acceptanceTimeout();
    }

    enum Outcome {
        /** Decided and held, or ended: the payment's row tells. */
        ACCEPTED,
        /** Durable at Temporal; the worker has not got so far yet. */
        STARTED,
        /** It is not known whether the workflow exists. */
        UNCONFIRMED
    }

    /** Starts the workflow and waits for decision and hold, up to the configured time. */
    Outcome startAndAwait(PaymentOrder order, String summary) {
        try {
            PaymentWorkflow workflow = client.newWorkflowStub(PaymentWorkflow.class, options(order, summary));
            PaymentStatus status = Deadlines.within(
                    acceptanceTimeout,
                    () -> WorkflowClient.executeUpdateWithStart(
                            workflow::awaitAcceptance,
                            UpdateOptions.<PaymentStatus>newBuilder()
                                    .setUpdateId(order.paymentId())
                                    .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                                    .build(),
                            new WithStartWorkflowOperation<>(workflow::run, order)));
            LOG.debug("payment {} is {}", order.paymentId(), status);
            return Outcome.ACCEPTED;
        } catch (WorkflowExecutionAlreadyStarted | WorkflowUpdateException ended) {
            // It ran before, or ended without an answer to the update: either way the row tells.
            LOG.info("payment {} had been started before: {}", order.paymentId(), ended.toString());
            return Outcome.STARTED;
        } catch (WorkflowException | StatusRuntimeException failed) {
            LOG.warn("payment {} was not accepted in time: {}", order.paymentId(), failed.toString());
            return confirm(order);
        }
    }

    /** Starts the workflow without waiting for its first steps. */
    Outcome start(PaymentOrder order, String summary) {
        try {
            PaymentWorkflow workflow = client.newWorkflowStub(PaymentWorkflow.class, options(order, summary));
            Deadlines.within(acceptanceTimeout, () -> WorkflowClient.start(workflow::run, order));
            return Outcome.STARTED;
        } catch (WorkflowExecutionAlreadyStarted before) {
            return Outcome.STARTED;
        } catch (WorkflowException | StatusRuntimeException failed) {
            LOG.warn("the start of payment {} was not answered: {}", order.paymentId(), failed.toString());
            return confirm(order);
        }
    }

    private Outcome confirm(PaymentOrder order) {
        try {
            Deadlines.within(
                    CONFIRMATION,
                    () -> client.newUntypedWorkflowStub(PaymentWorkflow.workflowId(order.paymentId()))
                            .describe());
            return Outcome.STARTED;
        } catch (WorkflowException | StatusRuntimeException failed) {
            LOG.warn("the start of payment {} could not be confirmed: {}", order.paymentId(), failed.toString());
            return Outcome.UNCONFIRMED;
        }
    }

    private static WorkflowOptions options(PaymentOrder order, String summary) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(PaymentWorkflow.workflowId(order.paymentId()))
                .setTaskQueue(TaskQueues.PAYMENTS)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setStaticSummary(cut(summary))
                .build();
    }

    /** The longest beginning that fits into the limit without breaking a character. */
    static String cut(String summary) {
        int end = summary.length();
        while (summary.substring(0, end).getBytes(StandardCharsets.UTF_8).length > SUMMARY_BYTES) {
            end = summary.offsetByCodePoints(end, -1);
        }
        return summary.substring(0, end);
    }
}
