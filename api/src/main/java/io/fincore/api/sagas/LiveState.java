package io.fincore.api.sagas;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.temporal.Deadlines;
import io.fincore.workflows.client.MissingPayloadKey;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.payload.codec.PayloadCodecException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks a workflow for its own view of itself, if a worker answers soon. */
@Component
class LiveState {

    private static final Logger LOG = LoggerFactory.getLogger(LiveState.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final WorkflowClient client;

    LiveState(WorkflowClient client) {
        this.client = client;
    }

    @Nullable
    JsonNode of(StoredSaga saga) {
        if (saga.isEnded()) {
            return null;
        }
        try {
            return Deadlines.within(
                    LIMIT,
                    () -> client.newUntypedWorkflowStub(saga.workflowId()).query("state", JsonNode.class));
        } catch (WorkflowException | StatusRuntimeException | PayloadCodecException silent) {
            MissingPayloadKey.in(silent)
                    .ifPresentOrElse(
                            missing -> LOG.error("the state of {} cannot be read, {}", saga.workflowId(), missing),
                            () -> LOG.info("{} does not tell its state: {}", saga.workflowId(), silent.toString()));
            return null;
        }
    }
}
