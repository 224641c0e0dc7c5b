package io.fincore.api.idempotency;

import io.fincore.api.audit.RequestOrigin;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.request.RequestIdentity;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs what a POST does once per key, whichever way its effect is made. */
@Component
public class IdempotentRequests {

    private static final Logger LOG = LoggerFactory.getLogger(IdempotentRequests.class);

    /** Deadlock or serialisation failure: nothing was done, and the next try usually passes. */
    private static final int TRANSACTION_ATTEMPTS = 4;

    private final IdempotencyKeys keys;
    private final Answers answers;
    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;

    IdempotentRequests(IdempotencyKeys keys, Answers answers, TransactionTemplate transactions, JdbcClient jdbc) {
        this.keys = keys;
        this.answers = answers;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** @param body as it was read: its fields decide whether a repetition is the same request */
    public IdempotentCall call(Caller caller, String operation, String key, @Nullable Object body) {
        RequestIdentity request = RequestIdentity.current();
        return new IdempotentCall(
                caller, operation, key, answers.fingerprint("POST", request.path(), body), request.correlationId());
    }

    /**
     * For an effect in our own database: claim, effect and stored answer are one transaction, on one connection.
     *
     * @param call null if the client sent no key and needs none
     * @param effect given an id of its own; its answer is stored, a refusal as well, but an exception leaves the key free
     */
    public Answer inOneTransaction(@Nullable IdempotentCall call, Function<String, Answer> effect) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Objects.requireNonNull(transactions.execute(status -> once(call, effect)));
            } catch (PessimisticLockingFailureException collision) {
                if (attempt == TRANSACTION_ATTEMPTS) {
                    throw collision;
                }
                LOG.info(
                        "transaction of {} collided, attempt {}",
                        call == null ? "a request" : call.operation(),
                        attempt);
            }
        }
    }

    private Answer once(@Nullable IdempotentCall call, Function<String, Answer> effect) {
        if (call == null) {
            RequestOrigin.current().ifPresent(origin -> origin.bind(jdbc));
            return effect.apply(IdType.REQUEST.next());
        }
        return switch (keys.claim(call, IdType.REQUEST.next(), null)) {
            case Claim.Answered answered -> answered.answer();
            case Claim.Won won -> keys.complete(won, effect.apply(won.resourceId()));
        };
    }

    /**
     * For an effect elsewhere, which has to be idempotent by the id that it is given: claim, effect, stored answer.
     *
     * @param idType of what the effect makes
     * @param effect a problem that a repetition cannot change is stored like an answer; after another one the key is free
     */
    public Answer claimFirst(@Nullable IdempotentCall call, IdType idType, Function<String, Answer> effect) {
        if (call == null) {
            return effect.apply(idType.next());
        }
        return switch (keys.claim(call, idType.next(), null)) {
            case Claim.Answered answered -> answered.answer();
            case Claim.Won won -> keys.complete(won, guarded(won, () -> effect.apply(won.resourceId())));
        };
    }

    private Answer guarded(Claim.Won won, Supplier<Answer> effect) {
        try {
            return effect.get();
        } catch (ProblemException problem) {
            if (isPassing(problem.type().status())) {
                keys.release(won);
                throw problem;
            }
            return answers.problem(problem);
        }
    }

    private static boolean isPassing(HttpStatus status) {
        return status == HttpStatus.TOO_MANY_REQUESTS || status.is5xxServerError();
    }
}
