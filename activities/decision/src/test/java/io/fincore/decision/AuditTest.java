package io.fincore.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who, before and after of what payments are decided by. */
class AuditTest {

    private static final String BY = " {\"actor\": \"fincore_owner\"}";

    private final DecisionDatabase world = new DecisionDatabase();

    @Test
    void recordsWhatIsDoneToARuleSet() {
        world.owner
                .sql("INSERT INTO decision.rule_set (version, description, window_minutes) VALUES ('v9', 'stricter', 60)")
                .update();
        world.owner
                .sql("INSERT INTO decision.rule VALUES ('v9', 'large', 'amount > 5', 'review', 'large_amount', 'Large.')")
                .update();
        world.owner.sql("UPDATE decision.rule SET expression = 'amount > 4' WHERE rule_set_version = 'v9'").update();
        world.owner.sql("DELETE FROM decision.rule WHERE rule_set_version = 'v9'").update();

        assertThat(records("rule_set"))
                .containsExactly(
                        "rule_set.changed v9 -"
                                + " {\"status\": \"draft\", \"description\": \"stricter\", \"window_minutes\": 60}" + BY,
                        "rule.changed v9 - " + rule("amount > 5") + BY,
                        "rule.changed v9 " + rule("amount > 5") + " " + rule("amount > 4") + BY,
                        "rule.changed v9 " + rule("amount > 4") + " -" + BY);
    }

    @Test
    void recordsWhichListOfSanctionsCameAndWent() {
        world.owner
                .sql("INSERT INTO decision.sanctions_list VALUES ('eu', 'EU list', '2026-11-20T00:00:00Z')")
                .update();
        world.owner.sql("DELETE FROM decision.sanctions_list WHERE id = 'eu'").update();

        String list = "{\"as_of\": \"2026-11-20T00:00:00+00:00\", \"title\": \"EU list\"}";
        assertThat(records("sanctions_list"))
                .containsExactly(
                        "sanctions_list.changed eu - " + list + BY, "sanctions_list.changed eu " + list + " -" + BY);
    }

    private List<String> records(String object) {
        return world.owner
                .sql("SELECT action || ' ' || object_id || ' ' || coalesce(before::text, '-') || ' ' || coalesce(after::text, '-')"
                        + " || ' ' || origin FROM audit.unsealed WHERE object = ? ORDER BY id")
                .param(object)
                .query(String.class)
                .list();
    }

    private static String rule(String expression) {
        return "{\"name\": \"large\", \"detail\": \"Large.\", \"outcome\": \"review\", \"expression\": \"" + expression
                + "\", \"reason_code\": \"large_amount\"}";
    }
}
