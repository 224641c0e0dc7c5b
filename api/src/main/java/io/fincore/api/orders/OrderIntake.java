package io.fincore.api.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.Claim;
import io.fincore.api.idempotency.IdempotencyKeys;
import io.fincore.api.idempotency.IdempotencyKeys.Lookup;
import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.temporal.StartOutcome;
import io.fincore.api.temporal.WorkflowStarter;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes orders: each key starts one workflow and has one answer, whatever dies in between. */
@Component
public class OrderIntake {

    private final IdempotencyKeys keys;
    private final Answers answers;
    private final WorkflowStarter starter;
    private final TransactionTemplate transactions;
    private final ObjectMapper json;

    OrderIntake(
            IdempotencyKeys keys,
            Answers answers,
            WorkflowStarter starter,
            TransactionTemplate transactions,
            ObjectMapper json) {
        this.keys = keys;
        this.answers = answers;
        this.starter = starter;
        this.transactions = transactions;
        this.json = json;
    }

    /**
     * Takes an order, or answers as before.
     *
     * @param check the order, checked; refuses by exception. The problem of a state (409) is stored, after any other the key is free. What it
     *     locks stays locked until the claim stands. Not asked for a repetition: under an abandoned claim the workflow may be running
     */
    public <D, T extends Ordered, R> Answer take(
            Orders<D, T, R> orders, IdempotentCall call, Prefer prefer, Supplier<D> check) {
        return switch (claim(orders, call, check)) {
            case Claim.Answered answered -> answered.answer();
            case Claim.Won won -> carryOut(orders, won, prefer);
        };
    }

    private <D> Claim claim(Orders<D, ?, ?> orders, IdempotentCall call, Supplier<D> check) {
        Optional<Claim> repeated = repeated(orders, call);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        try {
            return Objects.requireNonNull(transactions.execute(status -> {
                String document = write(check.get());
                return keys.claim(call, orders.idType().next(), document);
            }));
        } catch (ProblemException refusal) {
            // What stands in the way may be the first request with this very key, which was carried out meanwhile.
            return repeated(orders, call).orElseGet(() -> refused(orders, call, refusal));
        }
    }

    /** The state may be another soon, and whoever was refused has ordered anew by then: a stray repetition must not order too. */
    private Claim refused(Orders<?, ?, ?> orders, IdempotentCall call, ProblemException refusal) {
        if (refusal.type().status() != HttpStatus.CONFLICT) {
            throw refusal;
        }
        Claim claim = keys.claim(call, orders.idType().next(), null);
        return claim instanceof Claim.Won won && !won.isTakeover()
                ? new Claim.Answered(keys.complete(won, answers.problem(refusal)))
                : claim;
    }

    /** Empty if the key is new. */
    private Optional<Claim> repeated(Orders<?, ?, ?> orders, IdempotentCall call) {
        return keys.find(call).map(seen -> switch (seen) {
            case Lookup.Answered answered -> new Claim.Answered(answered.answer());
            case Lookup.Abandoned abandoned -> keys.claim(call, orders.idType().next(), null);
        });
    }

    private <D, T extends Ordered, R> Answer carryOut(Orders<D, T, R> orders, Claim.Won claim, Prefer prefer) {
        try {
            if (prefer.waitTime() != null) {
                keys.extend(claim, prefer.waitTime());
            }
            return keys.complete(claim, answer(orders, claim, prefer));
        } catch (RuntimeException failed) {
            // The next attempt goes on with the same id, so there is nothing to wait for.
            releaseQuietly(claim, failed);
            throw failed;
        }
    }

    private <D, T extends Ordered, R> Answer answer(Orders<D, T, R> orders, Claim.Won claim, Prefer prefer) {
        // A workflow past its retention would be started anew: what the worker has written outlives it.
        if (!(claim.isTakeover() && orders.isWritten(claim.resourceId()))) {
            Optional<ProblemException> refusal = start(orders, claim, prefer);
            if (refusal.isPresent()) {
                return answers.problem(refusal.get());
            }
        }
        T order = find(orders, claim).orElseGet(() -> {
            keys.markStarted(claim);
            return find(orders, claim).orElseThrow();
        });
        return orders.answer(
                prefer.waitTime() == null
                        ? order
                        : OrderWatch.untilEnded(
                                order,
                                latest -> orders.find(claim.call().caller(), latest.id())
                                        .orElse(latest),
                                prefer.waitTime()));
    }

    private <D, T extends Ordered, R> Optional<ProblemException> start(
            Orders<D, T, R> orders, Claim.Won claim, Prefer prefer) {
        D document = read(Objects.requireNonNull(claim.document()), orders.documentType());
        StartOutcome<R> outcome = prefer.respondAsync()
                ? starter.start(orders.workflow(claim, document))
                : starter.startAndAwait(orders.workflow(claim, document));
        return switch (outcome) {
            case StartOutcome.Accepted<R> accepted -> orders.refusal(claim, accepted.acceptance());
            case StartOutcome.Started<R> started -> {
                keys.markStarted(claim);
                yield Optional.empty();
            }
            case StartOutcome.Unconfirmed<R> unconfirmed ->
                throw new ProblemException(
                        ProblemType.WORKFLOW_ENGINE_UNAVAILABLE,
                        "It could not be confirmed that " + claim.resourceId() + " was started.");
        };
    }

    private static <D, T extends Ordered, R> Optional<T> find(Orders<D, T, R> orders, Claim.Won claim) {
        return orders.find(claim.call().caller(), claim.resourceId());
    }

    private void releaseQuietly(Claim.Won claim, RuntimeException failed) {
        try {
            keys.release(claim);
        } catch (RuntimeException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private String write(Object document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private <D> D read(String document, Class<D> type) {
        try {
            return json.readValue(document, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a claim's document cannot be read", broken);
        }
    }
}
