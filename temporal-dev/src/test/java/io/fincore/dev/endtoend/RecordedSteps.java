package io.fincore.dev.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The steps of a saga that succeeded, each with its last answer, brought into one form from either record. */
final class RecordedSteps {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordedSteps() {}

    /** From {@code GET /v1/admin/sagas/{id}}. */
    static SortedMap<String, JsonNode> of(JsonNode saga) {
        SortedMap<String, JsonNode> steps = new TreeMap<>();
        for (JsonNode step : saga.path("steps")) {
            // Written by the step that follows, no activity of its own.
            boolean ownActivity = !step.path("name").asText().equals("bank.answer");
            boolean answered = step.path("status").asText().equals("SUCCEEDED")
                    || (step.path("status").asText().equals("COMPENSATED")
                            && !step.path("response").isMissingNode()
                            && !step.path("response").isNull());
            if (ownActivity && answered) {
                steps.put(step.path("name").asText(), step.path("response"));
            }
        }
        return steps;
    }

    /** The record without what it keeps of activities that answer nothing: their effect is all that a history knows. */
    static SortedMap<String, JsonNode> comparable(JsonNode saga, SortedMap<String, JsonNode> inHistory) {
        SortedMap<String, JsonNode> steps = of(saga);
        steps.replaceAll(
                (name, response) -> BooleanNode.TRUE.equals(inHistory.get(name)) ? BooleanNode.TRUE : response);
        return steps;
    }

    /**
     * From a workflow's history: the last result of each activity under the step key that it was given. A case takes steps of its
     * payment.
     *
     * @param steps receives them, by the workflow that they belong to
     */
    static void collect(History history, Map<String, SortedMap<String, JsonNode>> steps) {
        Map<Long, HistoryEvent> scheduled = new HashMap<>();
        for (HistoryEvent event : history.getEventsList()) {
            switch (event.getEventType()) {
                case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED -> scheduled.put(event.getEventId(), event);
                case EVENT_TYPE_ACTIVITY_TASK_COMPLETED -> {
                    var completed = event.getActivityTaskCompletedEventAttributes();
                    var call = Objects.requireNonNull(scheduled.get(completed.getScheduledEventId()))
                            .getActivityTaskScheduledEventAttributes();
                    put(steps, call.getInput(), completed.getResult());
                }
                case EVENT_TYPE_MARKER_RECORDED -> {
                    var marker = event.getMarkerRecordedEventAttributes();
                    if (marker.getMarkerName().equals("LocalActivity") && !marker.hasFailure()) {
                        put(
                                steps,
                                marker.getDetailsOrDefault("input", Payloads.getDefaultInstance()),
                                marker.getDetailsOrDefault("result", Payloads.getDefaultInstance()));
                    }
                }
                default -> {}
            }
        }
    }

    private static void put(Map<String, SortedMap<String, JsonNode>> steps, Payloads input, Payloads result) {
        JsonNode key = input.getPayloadsCount() == 0 ? BooleanNode.FALSE : parse(input.getPayloads(0));
        // Only what has a step key is a step.
        if (key.hasNonNull("workflowId") && key.hasNonNull("name")) {
            JsonNode answer = result.getPayloadsCount() == 0 ? BooleanNode.TRUE : parse(result.getPayloads(0));
            steps.computeIfAbsent(key.path("workflowId").asText(), none -> new TreeMap<>())
                    .put(key.path("name").asText(), answer.isNull() ? BooleanNode.TRUE : answer);
        }
    }

    private static JsonNode parse(Payload payload) {
        String text = payload.getData().toString(StandardCharsets.UTF_8);
        try {
            return text.isEmpty() ? BooleanNode.TRUE : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
