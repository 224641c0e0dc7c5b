package io.fincore.api.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.request.RequestIdentity;
import io.fincore.api.request.RequestTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Writes problems where no controller is involved: in filters and in security. */
@Component
public final class ProblemWriter {

    private final ObjectMapper json;

    ProblemWriter(ObjectMapper json) {
        this.json = json;
    }

    /** @param thrown what led to the problem */
    public void write(
            ProblemException problem, Exception thrown, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        RequestTrail.problem(request, problem.type(), thrown);
        ResponseEntity<Problem> answer = Problem.answer(problem, RequestIdentity.of(request), HttpHeaders.EMPTY);
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        response.getOutputStream().write(json.writeValueAsBytes(Objects.requireNonNull(answer.getBody())));
    }
}
