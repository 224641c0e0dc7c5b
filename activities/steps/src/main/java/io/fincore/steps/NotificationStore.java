package io.fincore.steps;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of notifications. Each method is one statement: alone it is a transaction of its own. */
final class NotificationStore {

    private final JdbcClient jdbc;

    NotificationStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** How a notification ends. */
    enum Settlement {
        DELIVERED,
        REFUSED,
        DEAD
    }

    /** Adds a notification that is due at once, unless it is there. */
    void add(String id, News news, Instant now) {
        jdbc.sql("""
                INSERT INTO payments.notification (id, customer_id, template, values, next_attempt_at, created_at)
                VALUES (:id, :customerId, :template, :values::jsonb, :now, :now)
                ON CONFLICT (id) DO NOTHING""")
                .param("id", id)
                .param("customerId", news.customerId())
                .param("template", news.template())
                .param("values", Json.write(news.values()))
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Takes the one that has been due for longest. Nobody else takes it before the lease is over. */
    Optional<NotificationRow> take(Instant now, Duration lease) {
        return jdbc.sql("""
                UPDATE payments.notification SET attempts = attempts + 1, next_attempt_at = :leaseEnd
                 WHERE id = (SELECT id FROM payments.notification WHERE status = 'pending' AND next_attempt_at <= :now
                              ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING id, customer_id, template, values, attempts, created_at""")
                .param("now", Timestamp.from(now))
                .param("leaseEnd", Timestamp.from(now.plus(lease)))
                .query(NotificationRow::read)
                .optional();
    }

    /**
     * Ends a notification, unless a later attempt has taken it.
     *
     * @param error null if there is none
     * @return whether it has ended by this
     */
    boolean settle(NotificationRow taken, Settlement settlement, @Nullable String error, Instant now) {
        return jdbc.sql("""
                UPDATE payments.notification SET status = :status, last_error = :error, settled_at = :now
                 WHERE id = :id AND status = 'pending' AND attempts = :attempts""")
                        .param("id", taken.id())
                        .param("attempts", taken.attempts())
                        .param("status", settlement.name().toLowerCase(Locale.ROOT))
                        .param("error", error)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    /** Puts a notification off, unless a later attempt has taken it. */
    void postpone(NotificationRow taken, String error, Instant nextAttempt) {
        jdbc.sql("""
                UPDATE payments.notification SET last_error = :error, next_attempt_at = :nextAttempt
                 WHERE id = :id AND status = 'pending' AND attempts = :attempts""")
                .param("id", taken.id())
                .param("attempts", taken.attempts())
                .param("error", error)
                .param("nextAttempt", Timestamp.from(nextAttempt))
                .update();
    }

    Notifications.Backlog backlog(Instant now) {
        return jdbc.sql("""
                SELECT pending, oldest, given_up
                  FROM (SELECT count(*) AS pending, min(created_at) AS oldest
                          FROM payments.notification WHERE status = 'pending'),
                       (SELECT count(*) AS given_up FROM payments.notification WHERE status IN ('refused', 'dead'))""")
                .query((row, number) -> {
                    Timestamp oldest = row.getTimestamp("oldest");
                    return new Notifications.Backlog(
                            row.getLong("pending"),
                            oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), now),
                            row.getLong("given_up"));
                })
                .single();
    }
}
