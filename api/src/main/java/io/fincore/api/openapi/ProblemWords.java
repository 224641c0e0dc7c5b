package io.fincore.api.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a problem beside what {@link ProblemType} says, from {@code openapi/problems.yaml}.
 *
 * @param client what the client does
 * @param request method and path of the request in the example
 * @param detail of the example, as are the errors
 */
record ProblemWords(
        Repeat repeat,
        String client,
        String request,
        String detail,
        @Nullable List<FieldError> errors) {

    private static final Map<String, ProblemWords> ALL = new LinkedHashMap<>();

    static {
        Resources.all("openapi/problems.yaml", ByCode.class).forEach(ALL::putAll);
    }

    private static final class ByCode extends LinkedHashMap<String, ProblemWords> {
        private static final long serialVersionUID = 1L;
    }

    /** Whether the same request makes sense again, under the same idempotency key if it has one. */
    enum Repeat {
        @JsonProperty("mended")
        MENDED("Not as it is. Nothing is kept under the idempotency key: the mended request may use it again."),
        @JsonProperty("later")
        LATER("Yes, the same request with the same idempotency key, after `Retry-After` seconds if that is told."),
        @JsonProperty("fresh")
        FRESH(
                "Not with the same idempotency key, under which this answer may be kept: a new attempt takes a fresh one."),
        @JsonProperty("never")
        NEVER("No: the answer will be the same.");

        private final String advice;

        Repeat(String advice) {
            this.advice = advice;
        }

        String advice() {
            return advice;
        }
    }

    /** @throws IllegalStateException if nothing is told of it */
    static ProblemWords of(ProblemType type) {
        ProblemWords words = ALL.get(type.code());
        if (words == null) {
            throw new IllegalStateException(
                    "api/src/main/resources/openapi/problems.yaml tells nothing of " + type.code());
        }
        return words;
    }

    /** What the client would read. */
    ObjectNode example(ProblemType type) {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("type", type.uri().toString());
        problem.put("title", type.title());
        problem.put("status", type.status().value());
        problem.put("detail", detail);
        problem.put("instance", request.substring(request.indexOf(' ') + 1));
        problem.put("code", type.code());
        problem.put("request_id", "req_01m7w831esfnzbp380rp2ztn3w");
        problem.put("correlation_id", "order-4711");
        if (errors != null) {
            errors.forEach(error -> problem.withArray("errors")
                    .addObject()
                    .put("pointer", error.pointer())
                    .put("detail", error.detail()));
        }
        return problem;
    }
}
