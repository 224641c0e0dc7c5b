package io.fincore.workflows.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.testserver.TestServer.InProcessTestServer;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A fleet whose keys are changed in the wrong order. */
class MissingPayloadKeyTest {

    private static final String OLD = PayloadKeys.newEntry("old");
    private static final String NEW = PayloadKeys.newEntry("new");
    private static final String QUEUE = "keys";
    private static final String LETTERS = "letters/1";

    @WorkflowInterface
    public interface Letters {

        @WorkflowMethod
        String read(String first);

        @SignalMethod
        void further(String letter);
    }

    public static final class LettersImpl implements Letters {

        private @Nullable String second;

        @Override
        public String read(String first) {
            Workflow.await(() -> second != null);
            return first + second;
        }

        @Override
        public void further(String letter) {
            second = letter;
        }
    }

    private final InProcessTestServer server = TestServer.createServer(true);
    private final WorkflowServiceStubs stubs =
            WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setChannel(server.getChannel())
                    .build());

    @AfterEach
    void stop() {
        stubs.shutdownNow();
        server.close();
    }

    @Test
    void aWorkerThatLacksAKeyTriesAgainAndLosesNothing() {
        PayloadKeys known = PayloadKeys.of(List.of(NEW));
        WorkflowStub letters = client(PayloadKeys.of(List.of(OLD)))
                .newUntypedWorkflowStub(
                        "Letters",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(LETTERS)
                                .setTaskQueue(QUEUE)
                                .build());
        letters.start("first ");
        letters.signal("further", "second");
        WorkerFactory lacking = worker(known);

        String failure = Stream.generate(() -> failedTask())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElseThrow();

        assertThat(failure)
                .contains("a payload is encrypted with the key old, and the keys here are [new]: add it to"
                        + " FINCORE_PAYLOADS_KEYS");
        assertThat(known.missed()).isPositive();
        assertThat(letters.describe().getStatus()).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
        lacking.shutdownNow();

        WorkerFactory whole = worker(PayloadKeys.of(List.of(NEW, OLD)));

        assertThat(client(PayloadKeys.of(List.of(OLD, NEW)))
                        .newUntypedWorkflowStub(LETTERS)
                        .getResult(String.class))
                .isEqualTo("first second");
        whole.shutdownNow();
    }

    /** What the first failed task says, with its causes; empty if none has failed. */
    private String failedTask() {
        return client(PayloadKeys.of(List.of(NEW, OLD))).fetchHistory(LETTERS).getEvents().stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
                .map(HistoryEvent::getWorkflowTaskFailedEventAttributes)
                .map(failed ->
                        Payloads.dataConverter(PayloadKeys.of(List.of(NEW))).failureToException(failed.getFailure()))
                .map(failed -> MissingPayloadKey.in(failed).orElse("another fault: " + failed))
                .findFirst()
                .orElse("");
    }

    private WorkflowClient client(PayloadKeys keys) {
        return WorkflowClient.newInstance(
                stubs, TemporalConnection.clientOptions("default", keys, OpenTelemetry.noop()));
    }

    private WorkerFactory worker(PayloadKeys keys) {
        WorkerFactory factory = WorkerFactory.newInstance(client(keys));
        factory.newWorker(QUEUE).registerWorkflowImplementationTypes(LettersImpl.class);
        factory.start();
        return factory;
    }
}
