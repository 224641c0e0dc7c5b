package io.fincore.api.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.problem.Problem;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.request.RequestIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Makes answers, and the fingerprints that tell one request from another. */
@Component
public final class Answers {

    private final ObjectMapper json;

    Answers(ObjectMapper json) {
        this.json = json;
    }

    public Answer json(HttpStatus status, @Nullable String location, Object body) {
        return new Answer(status.value(), MediaType.APPLICATION_JSON_VALUE, location, bytes(body), false);
    }

    public Answer problem(ProblemException problem) {
        return new Answer(
                problem.type().status().value(),
                MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                null,
                bytes(Problem.of(problem, RequestIdentity.current())),
                false);
    }

    /** The same for bodies that differ in blanks, order of fields or absent against null only. */
    String fingerprint(String method, String path, @Nullable Object body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((method + " " + path + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(body == null ? new byte[0] : bytes(body));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] bytes(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a body cannot be written", impossible);
        }
    }
}
