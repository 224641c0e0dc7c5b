package io.fincore.api.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.request.RequestIdentity;
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

    public void write(ProblemException problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ResponseEntity<Problem> answer = Problem.answer(problem, RequestIdentity.of(request), HttpHeaders.EMPTY);
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        response.getOutputStream().write(json.writeValueAsBytes(Objects.requireNonNull(answer.getBody())));
    }
}
