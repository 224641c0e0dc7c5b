package io.fincore.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stored decisions. */
final class DecisionRows {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Reason>> REASONS = new TypeReference<>() {};

    private static final String FIND = """
            SELECT rule_set_version, outcome, reasons FROM decision.decision WHERE payment_id = :paymentId""";

    private static final String INSERT = """
            INSERT INTO decision.decision
                (payment_id, tenant, principal, customer_id, source, amount, currency, creditor_iban,
                 client_ip, rule_set_version, outcome, reasons, inputs, reserved_in, released_at)
            VALUES
                (:paymentId, :tenant, :principal, :customerId, :source, :amount, :currency, :creditorIban,
                 :clientIp, :ruleSetVersion, :outcome, :reasons::jsonb, :inputs::jsonb, :reservedIn,
                 (SELECT released_at FROM decision.limit_release WHERE payment_id = :paymentId))""";

    private static final String RELEASE = """
            WITH released AS (
                UPDATE decision.decision SET released_at = clock_timestamp()
                WHERE payment_id = :paymentId AND released_at IS NULL
                RETURNING tenant, source, currency, amount, reserved_in
            )
            UPDATE decision.limit_window AS piece
            SET payment_count = piece.payment_count - 1, amount_sum = piece.amount_sum - released.amount
            FROM released
            WHERE piece.tenant = released.tenant AND piece.source = released.source
              AND piece.starts_at = released.reserved_in AND piece.currency = released.currency""";

    private static final String PASS_REVIEW = """
            UPDATE decision.decision SET review_passed_at = clock_timestamp()
            WHERE payment_id = :paymentId AND outcome = 'review' AND review_passed_at IS NULL""";

    private final JdbcClient jdbc;

    DecisionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Decision> find(String paymentId) {
        return jdbc.sql(FIND)
                .param("paymentId", paymentId)
                .query(DecisionRows::decision)
                .optional();
    }

    /** @param reservedIn the piece of the velocity window, null if nothing is reserved */
    void insert(PaymentFacts facts, Decision decision, Map<String, Object> inputs, @Nullable Instant reservedIn) {
        jdbc.sql(INSERT)
                .param("paymentId", facts.paymentId())
                .param("tenant", facts.tenant())
                .param("principal", facts.principal())
                .param("customerId", facts.customerId())
                .param("source", facts.source())
                .param("amount", facts.amount().minorUnits())
                .param("currency", facts.amount().currency().code())
                .param("creditorIban", facts.creditorIban())
                .param("clientIp", facts.clientIp())
                .param("ruleSetVersion", decision.ruleSetVersion())
                .param("outcome", outcomeName(decision.outcome()))
                .param("reasons", json(reasons(decision.outcome())))
                .param("inputs", json(inputs))
                .param("reservedIn", reservedIn == null ? null : reservedIn.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Marks a decision as released and takes its reservation back, if it has one. */
    void release(String paymentId) {
        jdbc.sql(RELEASE).param("paymentId", paymentId).update();
    }

    void passReview(String paymentId) {
        jdbc.sql(PASS_REVIEW).param("paymentId", paymentId).update();
    }

    private static Decision decision(ResultSet row, int number) throws SQLException {
        return new Decision(
                row.getString("rule_set_version"), outcome(row.getString("outcome"), row.getString("reasons")));
    }

    private static Outcome outcome(String name, String reasons) {
        return switch (name) {
            case "approved" -> new Outcome.Approved();
            case "declined" -> new Outcome.Declined(reasons(reasons));
            case "review" -> new Outcome.Review(reasons(reasons));
            default -> throw new IllegalStateException("'" + name + "' is not the outcome of a decision");
        };
    }

    private static String outcomeName(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Approved approved -> "approved";
            case Outcome.Declined declined -> "declined";
            case Outcome.Review review -> "review";
        };
    }

    private static List<Reason> reasons(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Approved approved -> List.of();
            case Outcome.Declined(List < Reason > reasons) -> reasons;
            case Outcome.Review(List < Reason > reasons) -> reasons;
        };
    }

    private static List<Reason> reasons(String json) {
        try {
            return JSON.readValue(json, REASONS);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
