package io.fincore.dev.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.dev.demo.ApiClient;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * A client as the API wants it: repeats a request under the same Idempotency-Key after a broken connection, 409 while the first one
 * is in flight, 429 and 5xx, until it has an answer that stays.
 */
final class PatientClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration UNTIL_REPETITION = Duration.ofMillis(500);

    private final ApiClient api;
    private final Map<String, LongAdder> repetitions = new ConcurrentSkipListMap<>();

    /** @param principal owner of everything that is created */
    PatientClient(Stack stack, String principal) {
        this(stack, principal, "endtoend");
    }

    PatientClient(Stack stack, String principal, String tenant) {
        api = new ApiClient(stack.api().url(), stack.issuer().tokenEndpoint(), principal, tenant);
    }

    /** The access token that it calls with. */
    String token() {
        return api.token();
    }

    record Answer(int status, JsonNode body, boolean isReplayed) {

        String id() {
            return text("id");
        }

        /**
         * @param request what this is the answer to, for the error
         * @throws StackException unless it succeeded
         */
        Answer orThrow(String request) {
            if (status >= 300) {
                throw new StackException(request + " was answered " + status + ": " + body);
            }
            return this;
        }

        String text(String field) {
            return body.path(field).asText();
        }
    }

    /** @param headers further ones, such as {@code traceparent} */
    Answer post(String path, Map<String, ?> body, String key, Map<String, String> headers) {
        HttpRequest.Builder request = api.request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString()));
        headers.forEach(request::header);
        return settledAnswer(request.build());
    }

    /**
     * Posts under a key of its own.
     *
     * @throws StackException unless it succeeds
     */
    Answer created(String path, Map<String, ?> body) {
        return post(path, body, UUID.randomUUID().toString(), Map.of()).orThrow("POST " + path);
    }

    Answer get(String path) {
        return settledAnswer(api.request(path).GET().build());
    }

    Answer delete(String path) {
        return settledAnswer(api.request(path).DELETE().build());
    }

    /**
     * Waits until a saga's resource is in one of these states.
     *
     * @return the state
     */
    String end(String path, Set<String> ends) {
        Waiting.require(path + " ends", () -> ends.contains(get(path).text("status")));
        return get(path).text("status");
    }

    /** Why requests were repeated, and how often. */
    Map<String, Long> repetitions() {
        Map<String, Long> counts = new TreeMap<>();
        repetitions.forEach((why, count) -> counts.put(why, count.sum()));
        return counts;
    }

    private Answer settledAnswer(HttpRequest request) {
        long start = System.nanoTime();
        while (true) {
            String why;
            try {
                HttpResponse<String> response = api.exchange(request);
                Answer answer = new Answer(
                        response.statusCode(),
                        parse(response.body()),
                        response.headers().firstValue("Idempotent-Replayed").isPresent());
                if (!isPassing(answer)) {
                    return answer;
                }
                why = answer.status() + " " + answer.text("code");
            } catch (IOException broken) {
                why = "connection";
            }
            repetitions.computeIfAbsent(why, none -> new LongAdder()).increment();
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new StackException("No answer to " + request.method() + " "
                        + request.uri().getPath() + " in " + PATIENCE.toSeconds() + " s, last: " + why);
            }
            Waiting.pause(UNTIL_REPETITION);
        }
    }

    private static boolean isPassing(Answer answer) {
        return answer.status() == 429
                || answer.status() >= 500
                || (answer.status() == 409 && answer.text("code").equals("idempotency_key_in_flight"));
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not JSON: " + body, e);
        }
    }
}
