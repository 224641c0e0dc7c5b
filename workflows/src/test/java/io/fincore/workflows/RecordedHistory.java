package io.fincore.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A committed history.
 *
 * @param name of its file, without {@code .json}
 */
record RecordedHistory(String name, WorkflowExecutionHistory content) {

    private static final Path FOLDER = Path.of("src/test/resources/histories");
    private static final WorkflowClientOptions OPTIONS =
            TemporalConnection.clientOptions("default", PayloadKeys.ephemeral(), OpenTelemetry.noop());
    private static final String SUFFIX = ".json";

    static List<RecordedHistory> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
            List<RecordedHistory> histories = new ArrayList<>();
            for (String name : names) {
                histories.add(of(name));
            }
            return histories;
        }
    }

    static RecordedHistory of(String name) throws IOException {
        return new RecordedHistory(
                name, WorkflowExecutionHistory.fromJson(Files.readString(FOLDER.resolve(name + SUFFIX))));
    }

    /**
     * Replays with the worker's own options. Temporal itself compares what a workflow asks the server for; it takes any local
     * activity for any other, so those are compared here.
     */
    void replay(List<Class<?>> implementations) throws Exception {
        LocalActivityOrder order = new LocalActivityOrder();
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(OPTIONS)
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(TemporalConnection.workerInterceptor(OpenTelemetry.noop()), order)
                        .build())
                .build())) {
            WorkflowReplayer.replayWorkflowExecution(
                    content,
                    temporal,
                    implementations.getFirst(),
                    implementations.stream().skip(1).toArray(Class<?>[]::new));
        }
        assertThat(order.taken()).as("local activities").isEqualTo(localActivities());
    }

    String workflowType() {
        return content.getEvents()
                .getFirst()
                .getWorkflowExecutionStartedEventAttributes()
                .getWorkflowType()
                .getName();
    }

    /** In the order in which their results were recorded. */
    List<String> localActivities() {
        return content.getEvents().stream()
                .filter(HistoryEvent::hasMarkerRecordedEventAttributes)
                .map(HistoryEvent::getMarkerRecordedEventAttributes)
                .filter(marker -> marker.getMarkerName().equals("LocalActivity"))
                .map(RecordedHistory::activityType)
                .toList();
    }

    List<String> regularActivities() {
        return content.getEvents().stream()
                .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
                .map(event -> event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName())
                .toList();
    }

    /** Names of the signals and updates that came in. */
    Stream<String> messages() {
        return content.getEvents().stream()
                .flatMap(event -> event.hasWorkflowExecutionSignaledEventAttributes()
                        ? Stream.of(event.getWorkflowExecutionSignaledEventAttributes()
                                .getSignalName())
                        : event.hasWorkflowExecutionUpdateAcceptedEventAttributes()
                                ? Stream.of(event.getWorkflowExecutionUpdateAcceptedEventAttributes()
                                        .getAcceptedRequest()
                                        .getInput()
                                        .getName())
                                : Stream.empty());
    }

    private static String activityType(MarkerRecordedEventAttributes marker) {
        return OPTIONS.getDataConverter()
                .fromPayloads(0, Optional.ofNullable(marker.getDetailsMap().get("type")), String.class, String.class);
    }

    @Override
    public String toString() {
        return name;
    }
}
