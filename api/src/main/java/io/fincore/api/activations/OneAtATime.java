package io.fincore.api.activations;

import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps a wallet from being activated twice at the same time, though the worker writes an activation only after it was started. */
@Component
class OneAtATime {

    /** An order counts from its claim on: while it is being started, and when it was started but is not written yet. */
    private static final String UNDER_WAY = """
            SELECT EXISTS (
                SELECT FROM read.account_activation
                WHERE wallet_id = :wallet AND status IN ('pending', 'in_review', 'requires_manual_intervention'))
            OR EXISTS (
                SELECT FROM intake.idempotency_key claim
                WHERE operation = 'activations.create' AND document ->> 'wallet' = :wallet
                  AND (answered_at IS NULL AND locked_until > clock_timestamp() OR started_at IS NOT NULL)
                  AND (tenant, principal, idempotency_key) <> (:tenant, :principal, :key)
                  AND NOT EXISTS (SELECT FROM read.account_activation a WHERE a.id = claim.resource_id))
            """;

    private final JdbcClient jdbc;

    OneAtATime(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Lets one order for a wallet through at a time, until the caller's transaction ends.
     *
     * @throws ProblemException 409 if another one is under way
     */
    void require(IdempotentCall call, String walletId) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('activation of ' || :wallet, 0))")
                .param("wallet", walletId)
                .query((row, number) -> true)
                .single();
        boolean underWay = jdbc.sql(UNDER_WAY)
                .param("wallet", walletId)
                .param("tenant", call.caller().tenant())
                .param("principal", call.caller().principal())
                .param("key", call.key())
                .query(Boolean.class)
                .single();
        if (underWay) {
            throw new ProblemException(
                    ProblemType.ACTIVATION_IN_PROGRESS, "An activation of this wallet is under way: wait for its end.");
        }
    }
}
