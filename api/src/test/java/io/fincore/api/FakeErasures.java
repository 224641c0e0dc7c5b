package io.fincore.api;

import io.fincore.workflows.erasure.ErasureActivities;
import io.fincore.workflows.erasure.ErasureCancellation;
import io.fincore.workflows.erasure.ErasureOrder;
import io.fincore.workflows.erasure.ErasureStatus;
import io.fincore.workflows.erasure.Obstacle;
import java.sql.Timestamp;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Erases at once what has no wallet. */
public final class FakeErasures implements ErasureActivities {

    private final JdbcClient jdbc;

    FakeErasures(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public void create(ErasureOrder order) {
        jdbc.sql("""
                INSERT INTO payments.erasure
                    (id, tenant, principal, customer_id, reason, correlation_id, ordered_at, remind_at, deadline)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                .params(
                        order.erasureId(),
                        order.tenant(),
                        order.principal(),
                        order.customerId(),
                        order.reason(),
                        order.correlationId(),
                        Timestamp.from(order.orderedAt()),
                        Timestamp.from(order.remindAt()),
                        Timestamp.from(order.deadline()))
                .update();
    }

    @Override
    public List<Obstacle> erase(String erasureId) {
        List<Obstacle> wallets =
                jdbc.sql("""
                WITH open AS (
                    SELECT w.id, w.status FROM ledger.wallet w JOIN payments.erasure e USING (customer_id)
                     WHERE e.id = :id AND w.status <> 'closed'),
                kept AS (
                    UPDATE payments.erasure
                       SET obstacles = (SELECT coalesce(jsonb_agg(
                               jsonb_build_object('kind', 'wallet', 'id', id, 'status', status)), '[]') FROM open)
                     WHERE id = :id AND EXISTS (SELECT FROM open))
                SELECT 'wallet' AS kind, id, status FROM open""").param("id", erasureId).query(Obstacle.class).list();
        if (wallets.isEmpty()) {
            jdbc.sql("SELECT customers.erase(customer_id) FROM payments.erasure WHERE id = ?")
                    .param(erasureId)
                    .query(Boolean.class)
                    .single();
            end(erasureId, "completed", null);
        }
        return wallets;
    }

    @Override
    public void remind(String erasureId) {
        throw new IllegalStateException("nobody waits for three weeks here");
    }

    @Override
    public void alert(String erasureId) {
        throw new IllegalStateException("nobody waits for a month here");
    }

    @Override
    public ErasureStatus cancel(String erasureId, ErasureCancellation cancellation) {
        end(erasureId, "cancelled", cancellation.actor());
        return ErasureStatus.CANCELLED;
    }

    private void end(String erasureId, String status, @Nullable String actor) {
        jdbc.sql("UPDATE payments.erasure SET status = ?, cancelled_by = ?, ended_at = now() WHERE id = ?")
                .params(status, actor, erasureId)
                .update();
    }
}
