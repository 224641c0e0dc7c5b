package io.fincore.api.temporal;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.workflows.client.MissingPayloadKey;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodecException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends updates to running workflows and tells their outcomes apart. */
@Component
public class UpdateCalls {

    private static final Logger LOG = LoggerFactory.getLogger(UpdateCalls.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final WorkflowClient client;

    UpdateCalls(WorkflowClient client) {
        this.client = client;
    }

    /**
     * Sends an update and waits for its result.
     *
     * @param updateId a repetition with the same id gets the first result
     * @throws ProblemException 429 or 503 if it is not known whether the workflow took the update; safe to repeat
     */
    public <R> UpdateOutcome<R> update(
            String workflowId, String name, String updateId, Class<R> result, Object argument) {
        UpdateOptions<R> options = UpdateOptions.newBuilder(result)
                .setUpdateName(name)
                .setUpdateId(updateId)
                .setResultClass(result)
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        try {
            return new UpdateOutcome.Done<>(Deadlines.resultWithin(
                    LIMIT, () -> client.newUntypedWorkflowStub(workflowId).startUpdate(options, argument)));
        } catch (WorkflowNotFoundException gone) {
            return new UpdateOutcome.WorkflowGone<>();
        } catch (WorkflowUpdateException refused) {
            requireKeys(refused);
            if (refused.getCause() instanceof ApplicationFailure failure) {
                return new UpdateOutcome.Refused<>(failure.getType(), failure.getOriginalMessage());
            }
            throw refused;
        } catch (WorkflowServiceException | StatusRuntimeException | PayloadCodecException failed) {
            requireKeys(failed);
            throw unavailable(failed);
        }
    }

    /** Without this, an order that a worker cannot read would look like one that the workflow does not take. */
    private static void requireKeys(RuntimeException failed) {
        MissingPayloadKey.in(failed).ifPresent(missing -> {
            LOG.error("an update cannot be read, {}", missing);
            throw new ProblemException(ProblemType.PAYLOAD_KEY_MISSING, missing);
        });
    }

    private static ProblemException unavailable(RuntimeException failed) {
        LOG.warn("an update was not answered: {}", failed.toString());
        return Status.fromThrowable(failed).getCode() == Status.Code.RESOURCE_EXHAUSTED
                ? new ProblemException(ProblemType.RATE_LIMITED, "Too many requests for this workflow at once.", RETRY)
                : new ProblemException(ProblemType.WORKFLOW_ENGINE_UNAVAILABLE, "The workflow did not answer in time.");
    }
}
