package io.fincore.decision;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gathers the evidence in one round trip. */
final class EvidenceQuery {

    private static final String SQL = """
            SELECT
                rule_set.version,
                EXISTS (SELECT FROM decision.limit_release WHERE payment_id = :paymentId) AS given_up,
                ARRAY(SELECT DISTINCT text FROM decision.sanction_entry
                      WHERE kind = 'name' AND keys && :keys::text[] ORDER BY text) AS sanctioned_names,
                ARRAY(SELECT DISTINCT text FROM decision.sanction_entry
                      WHERE kind = 'name' AND words <@ :words::text[] AND cardinality(words) > 1
                        AND NOT keys && :keys::text[]
                      ORDER BY text) AS similar_sanctioned_names,
                EXISTS (SELECT FROM decision.sanction_entry
                        WHERE kind = 'country' AND text = :country) AS sanctioned_country,
                coalesce(
                    (SELECT floor(extract(epoch FROM clock_timestamp() - min(as_of)) / 3600)::bigint
                     FROM decision.sanctions_list),
                    :noListHours) AS sanctions_list_age_hours,
                NOT EXISTS (SELECT FROM decision.decision
                            WHERE tenant = :tenant AND customer_id = :customerId AND creditor_iban = :creditorIban
                              AND released_at IS NULL
                              AND (outcome = 'approved' OR review_passed_at IS NOT NULL)) AS new_creditor,
                :clientIp::text IS NOT NULL
                    AND NOT EXISTS (SELECT FROM decision.decision
                                    WHERE tenant = :tenant AND customer_id = :customerId AND client_ip = :clientIp
                                      AND released_at IS NULL
                                      AND (outcome = 'approved' OR review_passed_at IS NOT NULL)) AS new_client_ip
            FROM decision.rule_set
            WHERE rule_set.status = 'active'""";

    /** Larger than any age that a rule would compare with, small enough to calculate with. */
    private static final long NO_LIST_HOURS = 1_000_000_000L;

    private final JdbcClient jdbc;

    EvidenceQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @throws org.springframework.dao.EmptyResultDataAccessException if no rule set is active, which the database
     *     does not let happen: without rules nothing is approved
     */
    Evidence gather(PaymentFacts facts, NormalisedName creditorName) {
        return jdbc.sql(SQL)
                .param("paymentId", facts.paymentId())
                .param("keys", creditorName.keys().toArray(String[]::new))
                .param("words", creditorName.possibleWords().toArray(String[]::new))
                .param("country", facts.creditorCountry())
                .param("noListHours", NO_LIST_HOURS)
                .param("tenant", facts.tenant())
                .param("customerId", facts.customerId())
                .param("creditorIban", facts.creditorIban())
                .param("clientIp", facts.clientIp())
                .query(EvidenceQuery::evidence)
                .single();
    }

    private static Evidence evidence(ResultSet row, int number) throws SQLException {
        return new Evidence(
                row.getString("version"),
                row.getBoolean("given_up"),
                texts(row.getArray("sanctioned_names")),
                texts(row.getArray("similar_sanctioned_names")),
                row.getBoolean("sanctioned_country"),
                row.getLong("sanctions_list_age_hours"),
                row.getBoolean("new_creditor"),
                row.getBoolean("new_client_ip"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
