package io.fincore.api.webhooks;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.security.Caller;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Runs what clients ask of their endpoints: each in one transaction, once per key where a key is sent. */
@Component
class EndpointRequests {

    private final IdempotentRequests requests;
    private final Answers answers;
    private final SecretAnswers secrets;

    EndpointRequests(IdempotentRequests requests, Answers answers, SecretAnswers secrets) {
        this.requests = requests;
        this.answers = answers;
        this.secrets = secrets;
    }

    /** The same as {@link #post} where the answer holds a secret. */
    Answer postForSecret(Caller caller, String operation, @Nullable String key, Object body, Supplier<Answer> effect) {
        if (key == null) {
            return post(caller, operation, null, body, effect);
        }
        String place = String.join("\n", caller.tenant(), caller.principal(), operation, key);
        return secrets.opened(post(caller, operation, key, body, () -> secrets.closed(effect.get(), place)), place);
    }

    /** @param effect throws before it has changed anything; what its own state refuses is kept under the key */
    Answer post(Caller caller, String operation, @Nullable String key, Object body, Supplier<Answer> effect) {
        return requests.inOneTransaction(key == null ? null : requests.call(caller, operation, key, body), id -> {
            try {
                return effect.get();
            } catch (ProblemException refused) {
                if (refused.type().status() == HttpStatus.CONFLICT) {
                    return answers.problem(refused);
                }
                throw refused;
            }
        });
    }

    /** For methods that are idempotent by themselves. */
    Answer change(Supplier<Answer> effect) {
        return requests.inOneTransaction(null, id -> effect.get());
    }

    Answer json(HttpStatus status, @Nullable String location, Object body) {
        return answers.json(status, location, body);
    }
}
