package io.fincore.decision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rule sets by version, compiled once per process: a set that was active never changes, the database sees to it.
 * Which one is active is asked anew for every payment, so another takes effect at once.
 */
final class RuleSets {

    private static final String RULES = """
            SELECT name, expression, outcome, reason_code, detail
            FROM decision.rule WHERE rule_set_version = :version ORDER BY name""";

    private final JdbcClient jdbc;
    private final ConcurrentMap<String, RuleSet> compiled = new ConcurrentHashMap<>();

    RuleSets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    RuleSet get(String version) {
        RuleSet known = compiled.get(version);
        if (known != null) {
            return known;
        }
        // Two threads may compile the same set once: better than database work under the map's lock.
        RuleSet loaded = load(version);
        compiled.put(version, loaded);
        return loaded;
    }

    private RuleSet load(String version) {
        int windowMinutes = jdbc.sql("SELECT window_minutes FROM decision.rule_set WHERE version = :version")
                .param("version", version)
                .query(Integer.class)
                .single();
        List<CompiledRule> rules = jdbc.sql(RULES).param("version", version).query(RuleSets::rule).stream()
                .map(rule -> CompiledRule.of(version, rule))
                .toList();
        return new RuleSet(version, Duration.ofMinutes(windowMinutes), rules);
    }

    private static Rule rule(ResultSet row, int number) throws SQLException {
        return new Rule(
                row.getString("name"),
                row.getString("expression"),
                Rule.Consequence.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                new Reason(row.getString("reason_code"), row.getString("detail")));
    }
}
