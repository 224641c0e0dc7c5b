package io.fincore.api.idempotency;

import io.fincore.api.audit.RequestOrigin;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.request.RequestIdentity;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
     * @param effect given an id of its own; its answer is stored, a refusal as well. A problem that it throws undoes what it did; that of a
     *     state (409) is stored, any other leaves the key free, as the request is wrong rather than too early
     */
    public Answer inOneTransaction(@Nullable IdempotentCall call, Function<String, Answer> effect) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Objects.requireNonNull(transactions.execute(status -> once(call, effect)));
            } catch (Undone undone) {
                return Objects.requireNonNull(
                        transactions.execute(status -> once(call, id -> answers.problem(undone.problem))));
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

    /**
     * For effects in our own database that are cheaper together: their claims, effects and stored answers are one transaction.
     *
     * @param patience how long any of it waits for a lock; then all of it fails
     * @param effects given the requests whose keys are new, and an id for each; answers each of them, or not what is to be answered alone
     * @param beforeCommit run when nothing but the commit is left to do
     * @return an answer for each request; empty, and nothing done, for one whose key was used before or which was not answered
     */
    public <Q> List<Optional<Answer>> allInOneTransaction(
            List<Q> requests,
            Function<Q, IdempotentCall> call,
            Duration patience,
            BiFunction<List<Q>, List<String>, List<Optional<Answer>>> effects,
            Runnable beforeCommit) {
        List<IdempotentCall> calls = requests.stream().map(call).toList();
        return Objects.requireNonNull(transactions.execute(status -> {
            List<Optional<Claim.Won>> claims = keys.claimNew(calls, patience);
            List<Claim.Won> won = claims.stream().flatMap(Optional::stream).toList();
            if (won.isEmpty()) {
                return calls.stream().map(none -> Optional.<Answer>empty()).toList();
            }
            List<Optional<Answer>> effected = effects.apply(
                    IntStream.range(0, requests.size())
                            .filter(i -> claims.get(i).isPresent())
                            .mapToObj(requests::get)
                            .toList(),
                    won.stream().map(Claim.Won::resourceId).toList());
            Map<Claim.Won, Answer> stored = new LinkedHashMap<>();
            List<Claim.Won> given = new ArrayList<>();
            for (int i = 0; i < won.size(); i++) {
                Claim.Won claim = won.get(i);
                effected.get(i).ifPresentOrElse(answer -> stored.put(claim, answer), () -> given.add(claim));
            }
            keys.completeNew(stored);
            keys.giveUp(given);
            beforeCommit.run();
            return claims.stream().map(claim -> claim.map(stored::get)).toList();
        }));
    }

    private Answer once(@Nullable IdempotentCall call, Function<String, Answer> effect) {
        if (call == null) {
            RequestOrigin.current().ifPresent(origin -> origin.bind(jdbc));
            return effect.apply(IdType.REQUEST.next());
        }
        return switch (keys.claim(call, IdType.REQUEST.next(), null)) {
            case Claim.Answered answered -> answered.answer();
            case Claim.Won won -> keys.complete(won, effectOf(won, effect));
        };
    }

    private static Answer effectOf(Claim.Won won, Function<String, Answer> effect) {
        try {
            return effect.apply(won.resourceId());
        } catch (ProblemException problem) {
            throw problem.type().status() == HttpStatus.CONFLICT ? new Undone(problem) : problem;
        }
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

    /** The transaction is to be rolled back, and the problem to be the answer all the same. */
    private static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient ProblemException problem;

        Undone(ProblemException problem) {
            super(problem);
            this.problem = problem;
        }
    }

    private static boolean isPassing(HttpStatus status) {
        return status == HttpStatus.TOO_MANY_REQUESTS || status.is5xxServerError();
    }
}
