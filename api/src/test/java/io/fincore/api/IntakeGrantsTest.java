package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.IdType;
import io.fincore.postgres.DatabaseRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The matrix of {@code docs/internals/grants.md}. */
class IntakeGrantsTest {

    @ParameterizedTest
    @CsvSource({
        "API, idempotency_key, SELECT INSERT UPDATE",
        "API, inbound_event, SELECT INSERT UPDATE",
        "API, rate_limit, SELECT INSERT UPDATE",
        "WORKER, rate_limit, ''",
        "WORKER, idempotency_key, ''",
        "WORKER, inbound_event, ''",
        "API, inbound_replay, SELECT INSERT",
        "WORKER, inbound_replay, ''"
    })
    void grantsExactlyWhatTheMatrixSays(DatabaseRole role, String table, String allowed) {
        for (String privilege : new String[] {"SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"}) {
            boolean granted = JdbcClient.create(Platform.shared().database.as(role))
                    .sql("SELECT has_table_privilege(current_user, :table, :privilege)")
                    .param("table", "intake." + table)
                    .param("privilege", privilege)
                    .query(Boolean.class)
                    .single();
            assertThat(granted).as("%s on %s for %s", privilege, table, role).isEqualTo(allowed.contains(privilege));
        }
    }

    @Test
    void takesNoClaimBackButThoseOfItsOwnTransaction() {
        JdbcClient jdbc = JdbcClient.create(Platform.shared().database.as(DatabaseRole.API));
        String resource = IdType.REQUEST.next();
        jdbc.sql("""
                INSERT INTO intake.idempotency_key
                    (tenant, principal, operation, idempotency_key, fingerprint, resource_id, correlation_id, locked_until)
                VALUES ('acme', 'ada', 'transfers.create', ?, 'f', ?, 'c', now())""").params(resource, resource).update();

        assertThat(jdbc.sql("SELECT intake.give_up_claims(ARRAY[?])")
                        .param(resource)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("SELECT count(*) FROM intake.idempotency_key WHERE resource_id = ?")
                        .param(resource)
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void forgetsNoLimitsButThoseThatHaveExpired() {
        JdbcClient jdbc = JdbcClient.create(Platform.shared().database.as(DatabaseRole.API));
        String name = IdType.REQUEST.next();
        jdbc.sql("INSERT INTO intake.rate_limit (id, expires_at) VALUES (?, 1), (?, 4000000000000)")
                .params(name + "/expired", name + "/used")
                .update();
        jdbc.sql("INSERT INTO intake.rate_limit (id) VALUES (?)")
                .param(name + "/new")
                .update();

        assertThat(jdbc.sql("SELECT intake.forget_rate_limits()")
                        .query(Integer.class)
                        .single())
                .isPositive();

        assertThat(jdbc.sql("SELECT id FROM intake.rate_limit WHERE id LIKE ? ORDER BY id")
                        .param(name + "%")
                        .query(String.class)
                        .list())
                .containsExactly(name + "/new", name + "/used");
    }
}
