package io.fincore.api.temporal;

import io.fincore.api.settings.FincoreProperties;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.client.MissingPayloadKey;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.payload.codec.PayloadCodecException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Starts workflows: at most one for each id, however often it is asked; another one only by {@link #startAgain}, when that is gone. */
@Component
public class WorkflowStarter {

    private static final Logger LOG = LoggerFactory.getLogger(WorkflowStarter.class);

    /** The update of every workflow that a client starts. */
    private static final String ACCEPTANCE = "awaitAcceptance";

    private static final Duration CONFIRMATION = Duration.ofSeconds(2);

    /** Temporal's limit for a static summary. */
    private static final int SUMMARY_BYTES = 200;

    private final WorkflowClient client;
    private final Duration acceptanceTimeout;

    WorkflowStarter(WorkflowClient client, FincoreProperties properties) {
        this.client = client;
        this.acceptanceTimeout = properties.payments().acceptanceTimeout();
    }

    /** Starts the workflow and waits for its acceptance, up to the configured time. */
    public <R> StartOutcome<R> startAndAwait(WorkflowStart<R> start) {
        UpdateOptions<R> acceptance = UpdateOptions.newBuilder(start.acceptance())
                .setUpdateName(ACCEPTANCE)
                .setUpdateId(start.subjectId())
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        try {
            return new StartOutcome.Accepted<>(Deadlines.resultWithin(
                    acceptanceTimeout,
                    () -> stub(start, WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                            .startUpdateWithStart(acceptance, new Object[0], new Object[] {start.order()})));
        } catch (WorkflowExecutionAlreadyStarted | WorkflowUpdateException ended) {
            // It ran before, or ended without an answer to the update: either way the database tells.
            LOG.info("{} had been started before: {}", start.subjectId(), ended.toString());
            return new StartOutcome.Started<>();
        } catch (WorkflowException | StatusRuntimeException | PayloadCodecException failed) {
            LOG.warn(
                    "{} was not accepted in time: {}",
                    start.subjectId(),
                    MissingPayloadKey.in(failed).orElseGet(failed::toString));
            return confirm(start);
        }
    }

    /** Starts the workflow without waiting for its first steps. */
    public <R> StartOutcome<R> start(WorkflowStart<R> start) {
        try {
            Deadlines.within(
                    acceptanceTimeout,
                    () -> stub(start, WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                            .start(start.order()));
            return new StartOutcome.Started<>();
        } catch (WorkflowExecutionAlreadyStarted before) {
            return new StartOutcome.Started<>();
        } catch (WorkflowException | StatusRuntimeException failed) {
            LOG.warn("the start of {} was not answered: {}", start.subjectId(), failed.toString());
            return confirm(start);
        }
    }

    /**
     * Starts the workflow unless it runs: again if it was terminated or lost. For what is open still by the database, and with a workflow
     * that goes on from there.
     *
     * @return whether it runs now; false if that is not known
     */
    public boolean startAgain(WorkflowStart<?> start) {
        try {
            Deadlines.within(
                    acceptanceTimeout,
                    () -> stub(start, WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                            .start(start.order()));
            return true;
        } catch (WorkflowException | StatusRuntimeException failed) {
            // That there is one confirms nothing here: it may be the one that is gone.
            LOG.warn("it is not known whether {} runs: {}", start.subjectId(), failed.toString());
            return false;
        }
    }

    private <R> StartOutcome<R> confirm(WorkflowStart<R> start) {
        try {
            Deadlines.within(
                    CONFIRMATION,
                    () -> client.newUntypedWorkflowStub(start.workflowId()).describe());
            return new StartOutcome.Started<>();
        } catch (WorkflowException | StatusRuntimeException failed) {
            LOG.warn("the start of {} could not be confirmed: {}", start.subjectId(), failed.toString());
            return new StartOutcome.Unconfirmed<>();
        }
    }

    private WorkflowStub stub(WorkflowStart<?> start, WorkflowIdReusePolicy reuse) {
        return client.newUntypedWorkflowStub(
                start.type(),
                WorkflowOptions.newBuilder()
                        .setWorkflowId(start.workflowId())
                        .setTaskQueue(TaskQueues.PAYMENTS)
                        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                        .setWorkflowIdReusePolicy(reuse)
                        .setStaticSummary(cut(start.summary()))
                        .build());
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
