package io.fincore.steps;

import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.workflows.erasure.ErasureOrder;
import io.fincore.workflows.erasure.ErasureStatus;
import io.fincore.workflows.erasure.Obstacle;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of erasures, with their events, in the caller's transaction. */
final class ErasureStore {

    private static final int OBSTACLES_AT_MOST = 100;

    private final JdbcClient jdbc;
    private final Outbox outbox;

    ErasureStore(DataSource dataSource, Outbox outbox) {
        this.jdbc = JdbcClient.create(dataSource);
        this.outbox = outbox;
    }

    record Row(String id, String tenant, String principal, String customerId, String status) {

        boolean isEnded() {
            return ErasureStatus.ofCode(status).isTerminal();
        }
    }

    void create(ErasureOrder order) {
        int created = jdbc.sql("""
                INSERT INTO payments.erasure
                    (id, tenant, principal, customer_id, reason, correlation_id, ordered_at, remind_at, deadline)
                VALUES (:id, :tenant, :principal, :customerId, :reason, :correlationId, :orderedAt, :remindAt, :deadline)
                ON CONFLICT (id) DO NOTHING""")
                .param("id", order.erasureId())
                .param("tenant", order.tenant())
                .param("principal", order.principal())
                .param("customerId", order.customerId())
                .param("reason", order.reason())
                .param("correlationId", order.correlationId())
                .param("orderedAt", Timestamp.from(order.orderedAt()))
                .param("remindAt", Timestamp.from(order.remindAt()))
                .param("deadline", Timestamp.from(order.deadline()))
                .update();
        if (created == 1) {
            publish(locked(order.erasureId()), "erasure.requested");
        }
    }

    Row locked(String erasureId) {
        return jdbc.sql(
                        "SELECT id, tenant, principal, customer_id, status FROM payments.erasure WHERE id = :id FOR UPDATE")
                .param("id", erasureId)
                .query(Row.class)
                .single();
    }

    /** What of the customer is open. A wallet that is closed has no balance and no hold, so nothing can begin with it. */
    List<Obstacle> obstacles(String customerId) {
        return jdbc.sql("""
                WITH wallet AS (SELECT id, status FROM ledger.wallet WHERE customer_id = :customer),
                payment AS (SELECT p.id, p.status FROM payments.payment p WHERE p.source IN (SELECT id FROM wallet))
                SELECT 'wallet' AS kind, id, status FROM wallet WHERE status <> 'closed'
                UNION ALL SELECT 'payment', id, status FROM payment
                           WHERE status IN ('pending', 'in_review', 'processing', 'requires_manual_intervention')
                UNION ALL SELECT 'refund', r.id, r.status FROM payments.refund r
                           WHERE r.payment_id IN (SELECT id FROM payment)
                             AND r.status IN ('pending', 'requires_manual_intervention')
                UNION ALL SELECT 'compliance_case', c.id, c.status FROM payments.compliance_case c
                           WHERE c.payment_id IN (SELECT id FROM payment) AND c.status = 'open'
                UNION ALL SELECT 'account_activation', a.id, a.status FROM payments.account_activation a
                           WHERE a.customer_id = :customer
                             AND a.status IN ('pending', 'in_review', 'requires_manual_intervention')
                UNION ALL SELECT 'notification', n.id, n.status FROM payments.notification n
                           WHERE n.customer_id = :customer AND n.status = 'pending'
                LIMIT :limit""")
                .param("customer", customerId)
                .param("limit", OBSTACLES_AT_MOST)
                .query(Obstacle.class)
                .list();
    }

    void keepObstacles(String erasureId, List<Obstacle> obstacles) {
        jdbc.sql("""
                UPDATE payments.erasure
                   SET obstacles = :obstacles::jsonb, updated_at = clock_timestamp(), version = version + 1
                 WHERE id = :id AND obstacles <> :obstacles::jsonb""")
                .param("id", erasureId)
                .param("obstacles", Json.write(obstacles))
                .update();
    }

    void complete(Row erasure) {
        keepObstacles(erasure.id(), List.of());
        jdbc.sql("""
                UPDATE payments.erasure
                   SET status = 'completed', ended_at = clock_timestamp(), updated_at = clock_timestamp(), version = version + 1
                 WHERE id = :id""").param("id", erasure.id()).update();
        publish(erasure, "customer.erased");
    }

    void cancel(Row erasure, String actor) {
        jdbc.sql("""
                UPDATE payments.erasure
                   SET status = 'cancelled', cancelled_by = :actor, ended_at = clock_timestamp(),
                       updated_at = clock_timestamp(), version = version + 1
                 WHERE id = :id""").param("id", erasure.id()).param("actor", actor).update();
        publish(erasure, "erasure.cancelled");
    }

    /** Once, however often it is called. */
    void remind(Row erasure) {
        once(erasure, "reminded_at = clock_timestamp()", "reminded_at IS NULL", "erasure.reminder");
    }

    /** Once, however often it is called. */
    void alert(Row erasure) {
        once(
                erasure,
                "overdue_since = clock_timestamp(), status = 'overdue'",
                "overdue_since IS NULL",
                "erasure.overdue");
    }

    private void once(Row erasure, String change, String condition, String type) {
        boolean first = jdbc.sql("UPDATE payments.erasure SET " + change
                                + ", updated_at = clock_timestamp(), version = version + 1 WHERE id = :id AND "
                                + condition)
                        .param("id", erasure.id())
                        .update()
                == 1;
        if (first) {
            publish(erasure, type);
        }
    }

    private void publish(Row erasure, String type) {
        Map<String, Object> body = new LinkedHashMap<>(
                jdbc.sql("""
                SELECT id, 'erasure' AS object, customer_id AS customer, status, obstacles::text AS obstacles,
                       to_char(deadline AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS deadline
                  FROM payments.erasure WHERE id = :id""").param("id", erasure.id()).query().singleRow());
        body.computeIfPresent("obstacles", (name, text) -> List.of(Json.read(text.toString(), Obstacle[].class)));
        outbox.append(new NewEvent(erasure.tenant(), erasure.principal(), type, erasure.id(), Json.write(body)));
    }
}
