package io.fincore.decision;

import io.fincore.money.IdType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides whether a payment may go, once, by the rule set that is active then. Every method joins the caller's
 * transaction, locks the payment first and its source second, and may be repeated.
 */
public final class Decisions {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RuleSets ruleSets;
    private final EvidenceQuery evidence;
    private final VelocityLimits limits;
    private final DecisionRows decisions;

    /** @param dataSource connects as the worker; the one whose transactions are joined */
    public Decisions(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        this.ruleSets = new RuleSets(jdbc);
        this.evidence = new EvidenceQuery(jdbc);
        this.limits = new VelocityLimits(jdbc);
        this.decisions = new DecisionRows(jdbc);
    }

    /**
     * Decides the payment, and reserves it in the velocity limits unless it is declined. A payment that was decided
     * before gets the stored decision, and one that was released before it was decided is declined; neither reserves
     * anything.
     */
    public Decision evaluate(PaymentFacts facts) {
        return Objects.requireNonNull(transaction.execute(status -> {
            lockPayment(facts.paymentId());
            Optional<Decision> stored = decisions.find(facts.paymentId());
            return stored.isPresent() ? stored.get() : decide(facts);
        }));
    }

    /** Gives back what the payment reserved, once. A payment that is not decided yet will reserve nothing. */
    public void release(String paymentId) {
        IdType.PAYMENT.require(paymentId);
        transaction.executeWithoutResult(status -> {
            lockPayment(paymentId);
            jdbc.sql("INSERT INTO decision.limit_release (payment_id) VALUES (:paymentId) ON CONFLICT DO NOTHING")
                    .param("paymentId", paymentId)
                    .update();
            decisions.release(paymentId);
        });
    }

    /**
     * Notes that a person let the reviewed payment go: from then on its creditor and client address are known ones.
     * Nothing happens for a payment that has no decision to review.
     */
    public void passReview(String paymentId) {
        decisions.passReview(paymentId);
    }

    private Decision decide(PaymentFacts facts) {
        NormalisedName creditorName = NormalisedName.of(facts.creditorName());
        Evidence found = evidence.gather(facts, creditorName);
        if (found.givenUp()) {
            Reason reason = new Reason(Reason.GIVEN_UP, "The payment was given up before it was decided");
            Decision decision = new Decision(found.ruleSetVersion(), new Outcome.Declined(List.of(reason)));
            decisions.insert(facts, decision, Map.of(), null);
            return decision;
        }
        RuleSet ruleSet = ruleSets.get(found.ruleSetVersion());
        limits.lock(facts.tenant(), facts.source());
        Velocity velocity = limits.reserved(
                        facts.tenant(), facts.source(), facts.amount().currency(), facts.at(), ruleSet.window())
                .plus(facts.amount().minorUnits());
        Map<String, Object> variables = new Inputs(facts, creditorName, found, velocity).variables();
        Decision decision = new Decision(ruleSet.version(), ruleSet.evaluate(variables));
        decisions.insert(
                facts, decision, variables, reserve(facts, decision.outcome()).orElse(null));
        return decision;
    }

    private Optional<Instant> reserve(PaymentFacts facts, Outcome outcome) {
        boolean goesOn = switch (outcome) {
            case Outcome.Approved approved -> true;
            case Outcome.Review review -> true;
            case Outcome.Declined declined -> false;
        };
        return goesOn
                ? Optional.of(limits.reserve(facts.tenant(), facts.source(), facts.amount(), facts.at()))
                : Optional.empty();
    }

    /**
     * Until the transaction ends nobody else decides or releases this payment. There may be no row of it to lock yet.
     */
    private void lockPayment(String paymentId) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:paymentId, hashtext('decision.payment')))")
                .param("paymentId", paymentId)
                .query((row, number) -> paymentId)
                .single();
    }
}
