package io.fincore.api.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
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
            digest.update(body == null ? new byte[0] : canonical(body));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Records write their fields in declared order; only maps need sorting. */
    private byte[] canonical(Object body) {
        try {
            return json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a request cannot be written", impossible);
        }
    }

    private byte[] bytes(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an answer cannot be written", impossible);
        }
    }
}
