package io.fincore.api.inbound;

import io.fincore.api.database.Columns;
import io.fincore.api.security.Caller;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes dead callbacks pending again, with fresh patience, and keeps what had become of them. In the caller's transaction. */
@Component
class InboundReplays {

    static final int MOST_AT_ONCE = 1_000;

    /** What was chosen is locked, so that two operators never replay one twice. */
    private static final String REPLAY = """
            WITH chosen AS (
                SELECT id FROM intake.inbound_event WHERE status = 'dead' AND %s ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED
            ), revived AS (
                UPDATE intake.inbound_event event
                   SET status = 'pending', attempts = 0, next_attempt_at = clock_timestamp(), failing_since = NULL,
                       unknown_since = NULL, outcome = NULL, settled_at = NULL
                  FROM chosen WHERE event.id = chosen.id
                RETURNING event.id, old.attempts AS attempts, old.outcome AS outcome, old.settled_at AS dead_since
            )
            INSERT INTO intake.inbound_replay (inbound_id, tenant, requested_by, reason, attempts, outcome, dead_since)
            SELECT id, :tenant, :requestedBy, :reason, attempts, outcome, dead_since FROM revived
            """;

    private static final String WITHIN =
            "provider = :provider AND received_at >= :from AND (:to::timestamptz IS NULL OR received_at < :to)";

    private final JdbcClient jdbc;

    InboundReplays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return false if it is not dead; then nothing changes */
    boolean one(Caller caller, String id, String reason) {
        return by(caller, reason, REPLAY.formatted("id = :id")).param("id", id).update() == 1;
    }

    /** @return how many, at most {@value #MOST_AT_ONCE} */
    int many(Caller caller, ReplaysRequest order) {
        return within(by(caller, order.reason(), REPLAY.formatted(WITHIN)), order)
                .update();
    }

    boolean anyLeft(ReplaysRequest order) {
        return within(
                        jdbc.sql("SELECT EXISTS (SELECT FROM intake.inbound_event WHERE status = 'dead' AND " + WITHIN
                                + ")"),
                        order)
                .query(Boolean.class)
                .single();
    }

    private JdbcClient.StatementSpec by(Caller caller, String reason, String sql) {
        return jdbc.sql(sql)
                .param("tenant", caller.tenant())
                .param("requestedBy", caller.principal())
                .param("reason", reason)
                .param("limit", MOST_AT_ONCE);
    }

    private static JdbcClient.StatementSpec within(JdbcClient.StatementSpec statement, ReplaysRequest order) {
        return statement
                .param("provider", order.provider())
                .param("from", Columns.utc(order.receivedFrom()))
                .param("to", Columns.utc(order.receivedTo()));
    }
}
