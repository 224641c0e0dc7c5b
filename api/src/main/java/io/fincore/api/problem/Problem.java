package io.fincore.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fincore.api.request.RequestIdentity;
import java.net.URI;
import java.util.List;
import java.util.function.BiConsumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Problem details (RFC 9457).
 *
 * @param instance path of the request
 * @param errors left out when there are none
 */
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String requestId,
        String correlationId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

    public static Problem of(ProblemException problem, RequestIdentity request) {
        ProblemType type = problem.type();
        return new Problem(
                type.uri(),
                type.title(),
                type.status().value(),
                problem.detail(),
                request.path(),
                type.code(),
                request.requestId(),
                request.correlationId(),
                problem.errors());
    }

    static ResponseEntity<Problem> answer(ProblemException problem, RequestIdentity request, HttpHeaders headers) {
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        tellRetryAfter(problem, all::set);
        return new ResponseEntity<>(of(problem, request), all, problem.type().status());
    }

    /** @param header takes the name and the value of one */
    static void tellRetryAfter(ProblemException problem, BiConsumer<String, String> header) {
        if (problem.retryAfter() != null) {
            header.accept(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, problem.retryAfter().toSeconds())));
        }
    }
}
