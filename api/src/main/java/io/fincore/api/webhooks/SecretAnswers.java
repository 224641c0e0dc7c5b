package io.fincore.api.webhooks;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.Seal;
import org.springframework.stereotype.Component;

/**
 * Answers that hold a secret. Under their idempotency key they are kept encrypted, with the keys of payloads, and whoever repeats the
 * request gets them as they were.
 */
@Component
class SecretAnswers {

    private final Seal seal;

    SecretAnswers(PayloadKeys keys) {
        this.seal = new Seal(keys, "idempotent answer");
    }

    /** @param place of the key that it is kept under */
    Answer closed(Answer answer, String place) {
        return with(answer, seal.close(answer.body(), place));
    }

    /** @throws ProblemException 422 if it was kept for longer than the key that it is encrypted with */
    Answer opened(Answer answer, String place) {
        return seal.open(answer.body(), place)
                .map(body -> with(answer, body))
                .orElseThrow(
                        () -> new ProblemException(
                                ProblemType.IDEMPOTENCY_KEY_REUSED,
                                "This key was used so long ago that its answer, which holds a secret, cannot be read any more."));
    }

    private static Answer with(Answer answer, byte[] body) {
        return new Answer(answer.status(), answer.contentType(), answer.location(), body, answer.replayed());
    }
}
