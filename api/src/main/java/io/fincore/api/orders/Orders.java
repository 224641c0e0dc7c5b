package io.fincore.api.orders;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Claim;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.security.Caller;
import io.fincore.api.temporal.WorkflowStart;
import io.fincore.money.IdType;
import java.util.Optional;

/**
 * One kind of order that a workflow carries out.
 *
 * @param <D> the checked order, kept with its claim as JSON: a takeover starts from it, and it is shown until the worker has written it
 * @param <T> the order as its client sees it
 * @param <R> what the workflow says of its first steps
 */
public interface Orders<D, T extends Ordered, R> {

    IdType idType();

    Class<D> documentType();

    /** The workflow that carries the order out. */
    WorkflowStart<R> workflow(Claim.Won claim, D document);

    /** Whether the worker knows the order: then its workflow has run and must not be started again. */
    boolean isWritten(String id);

    /** Empty unless it is the caller's, and written by the worker or confirmed as started. */
    Optional<T> find(Caller caller, String id);

    /** What the client is told if the workflow has created nothing. */
    default Optional<ProblemException> refusal(Claim.Won claim, R acceptance) {
        return Optional.empty();
    }

    /** What the client is told of an order that was started. */
    Answer answer(T order);
}
