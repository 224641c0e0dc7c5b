package io.fincore.outbox;

import io.fincore.money.IdType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The deliveries to clients' endpoints, as those see them who carry them out: any number at once, each with another delivery. All
 * times are the database's.
 */
public final class DeliveryQueue {

    /** Events about one subject go in order: no other delivery {@code d} is attempted. */
    private static final String FIRST_OF_ITS_SUBJECT = """
            NOT EXISTS (
                SELECT FROM outbox.delivery earlier
                 WHERE earlier.endpoint_id = d.endpoint_id AND earlier.subject_id = d.subject_id
                   AND earlier.status = 'pending' AND earlier.number < d.number)\
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /** @param dataSource connects as the worker; the one whose transactions are joined */
    public DeliveryQueue(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /**
     * What an attempt came to.
     *
     * @param responseStatus of HTTP; null if there was no response
     * @param responseExcerpt at most 512 characters
     * @param error at most 200 characters; null if there is none
     */
    public record Attempted(
            @Nullable Integer responseStatus,
            @Nullable String responseExcerpt,
            @Nullable String error) {}

    /**
     * Adds a delivery of the event for each endpoint that wants it: of the same principal, of the event's type, there when it happened,
     * and neither disabled nor deleted. Again for the same event: nothing.
     *
     * @return the endpoints
     */
    public List<String> add(Event event) {
        // Locked, so that an endpoint which is deleted at this moment is waited for, and gets nothing. Not more: there
        // is one cursor for all clients, and none shall hold it up by replays.
        List<String> endpoints = jdbc.sql("""
            SELECT endpoint.id
              FROM outbox.endpoint JOIN outbox.client_event AS event
                ON event.tenant = endpoint.tenant AND event.principal = endpoint.principal
             WHERE event.id = :event AND endpoint.tenant = :tenant AND endpoint.principal = :principal
               AND endpoint.status IN ('enabled', 'paused') AND endpoint.created_at <= event.occurred_at
               AND (event.type = ANY(endpoint.types) OR '*' = ANY(endpoint.types))
               FOR KEY SHARE OF endpoint\
            """)
                .param("event", event.id())
                .param("tenant", event.tenant())
                .param("principal", event.principal())
                .query(String.class)
                .list();
        if (endpoints.isEmpty()) {
            return endpoints;
        }
        jdbc.sql("""
            INSERT INTO outbox.delivery (id, endpoint_id, event_id, event_type, subject_id, kind)
            SELECT fresh.id, fresh.endpoint, :event, :type, :subject, 'first'
              FROM unnest(:ids::text[], :endpoints::text[]) AS fresh (id, endpoint)
             WHERE NOT EXISTS (SELECT FROM outbox.delivery d WHERE d.endpoint_id = fresh.endpoint AND d.event_id = :event)
            ON CONFLICT DO NOTHING\
            """)
                .param("event", event.id())
                .param("type", event.type())
                .param("subject", event.subjectId())
                .param(
                        "ids",
                        Stream.generate(IdType.DELIVERY::next)
                                .limit(endpoints.size())
                                .toArray(String[]::new))
                .param("endpoints", endpoints.toArray(String[]::new))
                .update();
        return endpoints;
    }

    /**
     * Takes the delivery to an endpoint that has been due for longest and has nothing before it: events about one subject go in order.
     * Nobody else takes it, nor anything after it, before the lease is over. Empty too while the endpoint is not enabled, or rests.
     */
    public Optional<DueDelivery> take(String endpointId, Duration lease) {
        return jdbc.sql("""
            UPDATE outbox.delivery AS taken
               SET attempts = attempts + 1, leased_until = clock_timestamp() + :lease * interval '1 millisecond',
                   last_attempt_at = clock_timestamp(), recipient = substring(endpoint.url FROM '^[^/]*//[^/?]*')
              FROM outbox.endpoint, outbox.event
             WHERE taken.id = (
                   SELECT d.id FROM outbox.delivery d
                    WHERE d.endpoint_id = :endpoint AND d.status = 'pending' AND d.next_attempt_at <= clock_timestamp()
                      AND (d.leased_until IS NULL OR d.leased_until <= clock_timestamp())
                      AND %s
                    ORDER BY d.next_attempt_at, d.number LIMIT 1 FOR UPDATE SKIP LOCKED)
               AND endpoint.id = :endpoint AND endpoint.status = 'enabled'
               AND (endpoint.resting_until IS NULL OR endpoint.resting_until <= clock_timestamp()) AND event.id = taken.event_id
            RETURNING taken.id, taken.endpoint_id, taken.attempts, endpoint.url, endpoint.version, event.id AS event, event.type, event.subject_id, event.occurred_at,
                      event.payload::text AS payload,
                      ARRAY(SELECT secret FROM outbox.endpoint_secret
                             WHERE endpoint_id = :endpoint AND (expires_at IS NULL OR expires_at > clock_timestamp())
                             ORDER BY number DESC) AS secrets\
            """.formatted(FIRST_OF_ITS_SUBJECT))
                .param("endpoint", endpointId)
                .param("lease", lease.toMillis())
                .query(DeliveryQueue::read)
                .optional();
    }

    /** Ends a delivery for good, unless the attempt was believed lost and there is another one. */
    public void settle(DueDelivery taken, DeliveryStatus status, Attempted attempted) {
        end(taken, attempted, "status = '" + status.code() + "', settled_at = clock_timestamp()", 0);
    }

    /** Puts a delivery off, unless the attempt was believed lost and there is another one. */
    public void postpone(DueDelivery taken, Duration pause, Attempted attempted) {
        end(
                taken,
                attempted,
                "next_attempt_at = clock_timestamp() + :pause * interval '1 millisecond'",
                pause.toMillis());
    }

    /**
     * Ends a delivery to an endpoint that says it is gone: it is disabled, and what waits for it is skipped. Not if anybody has changed
     * the endpoint since the delivery was taken: then the answer is of an endpoint as it is no more.
     *
     * @return whether it was so; if not, nothing has changed
     */
    public boolean disable(DueDelivery taken, String reason, Attempted attempted) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            // Against whoever adds deliveries at this moment, too: they wait, or what they have added is skipped.
            boolean same = jdbc.sql("""
                SELECT version = :version FROM outbox.endpoint WHERE id = :endpoint FOR UPDATE\
                """)
                    .param("endpoint", taken.endpointId())
                    .param("version", taken.endpointVersion())
                    .query(Boolean.class)
                    .single();
            if (!same) {
                return false;
            }
            jdbc.sql("""
                UPDATE outbox.endpoint
                   SET status = 'disabled', status_reason = :reason, version = version + 1, updated_at = clock_timestamp()
                 WHERE id = :endpoint\
                """)
                    .param("endpoint", taken.endpointId())
                    .param("reason", reason)
                    .update();
            settle(taken, DeliveryStatus.FAILED, attempted);
            jdbc.sql("""
                UPDATE outbox.delivery SET status = 'skipped', settled_at = clock_timestamp()
                 WHERE endpoint_id = :endpoint AND status = 'pending'\
                """).param("endpoint", taken.endpointId()).update();
            return true;
        }));
    }

    /** Leaves an endpoint alone that has asked for it, for so long at least. */
    public void leaveAlone(String endpointId, Duration wait) {
        jdbc.sql("""
            UPDATE outbox.endpoint
               SET resting_until = greatest(resting_until, clock_timestamp() + :wait * interval '1 millisecond')
             WHERE id = :endpoint\
            """)
                .param("endpoint", endpointId)
                .param("wait", wait.toMillis())
                .update();
    }

    /** Leaves an endpoint alone at which one attempt after the other has failed: twice as long each time, up to the longest. */
    public void rest(String endpointId, Duration first, Duration longest) {
        jdbc.sql("""
            UPDATE outbox.endpoint
               SET rests = rests + 1,
                   resting_until = greatest(
                       resting_until,
                       clock_timestamp() + least(:first * 2 ^ least(rests, 20), :longest) * interval '1 millisecond')
             WHERE id = :endpoint\
            """)
                .param("endpoint", endpointId)
                .param("first", first.toMillis())
                .param("longest", longest.toMillis())
                .update();
    }

    /** Attempts arrive there again. Of what was sent at the same time, one may have been answered with the wish to be left alone. */
    public void recover(String endpointId) {
        jdbc.sql("UPDATE outbox.endpoint SET rests = 0 WHERE id = :endpoint AND rests > 0")
                .param("endpoint", endpointId)
                .update();
    }

    /** How long until something is due at an endpoint: zero if it is, empty if nothing waits or it is not enabled. */
    public Optional<Duration> nextDue(String endpointId) {
        return jdbc.sql("""
            SELECT (extract(epoch FROM min(greatest(d.next_attempt_at, d.leased_until, endpoint.resting_until)) - clock_timestamp()) * 1000)::bigint AS millis
              FROM outbox.delivery d JOIN outbox.endpoint ON endpoint.id = d.endpoint_id
             WHERE d.endpoint_id = :endpoint AND d.status = 'pending' AND endpoint.status = 'enabled'
               AND %s
            HAVING count(*) > 0\
            """.formatted(FIRST_OF_ITS_SUBJECT))
                .param("endpoint", endpointId)
                .query(Long.class)
                .optional()
                .map(millis -> Duration.ofMillis(Math.max(0, millis)));
    }

    /**
     * Endpoints at which something has been due for so long, with nothing before it: whoever was to be told of it may not have been.
     */
    public List<String> overdue(Duration since) {
        return jdbc.sql("""
            SELECT endpoint.id FROM outbox.endpoint
             WHERE endpoint.status = 'enabled'
               AND (endpoint.resting_until IS NULL OR endpoint.resting_until <= clock_timestamp())
               AND EXISTS (SELECT FROM outbox.delivery d
                            WHERE d.endpoint_id = endpoint.id AND d.status = 'pending'
                              AND d.next_attempt_at <= clock_timestamp() - :since * interval '1 millisecond'
                              AND (d.leased_until IS NULL OR d.leased_until <= clock_timestamp())
                              AND %s)\
            """.formatted(FIRST_OF_ITS_SUBJECT))
                .param("since", since.toMillis())
                .query(String.class)
                .list();
    }

    /**
     * What waits.
     *
     * @param pending deliveries to endpoints that are enabled
     * @param oldest how long the oldest of them has been waiting; zero if there is none
     */
    public record Backlog(long pending, Duration oldest) {}

    public Backlog backlog() {
        return jdbc.sql("""
            SELECT count(*) AS pending,
                   coalesce(extract(epoch FROM clock_timestamp() - min(d.created_at)) * 1000, 0)::bigint AS oldest
              FROM outbox.delivery d JOIN outbox.endpoint ON endpoint.id = d.endpoint_id
             WHERE d.status = 'pending' AND endpoint.status = 'enabled'\
            """)
                .query((row, number) -> new Backlog(row.getLong("pending"), Duration.ofMillis(row.getLong("oldest"))))
                .single();
    }

    private void end(DueDelivery taken, Attempted attempted, String change, long pauseMillis) {
        jdbc.sql("UPDATE outbox.delivery SET " + change + """
            , leased_until = NULL, response_status = :code, response_excerpt = :excerpt, error = :error
             WHERE id = :id AND status = 'pending' AND attempts = :attempt\
            """)
                .param("id", taken.id())
                .param("attempt", taken.attempt())
                .param("pause", pauseMillis)
                .param("code", attempted.responseStatus())
                .param("excerpt", attempted.responseExcerpt())
                .param("error", attempted.error())
                .update();
    }

    private static DueDelivery read(ResultSet row, int number) throws SQLException {
        return new DueDelivery(
                row.getString("id"),
                row.getString("endpoint_id"),
                row.getInt("attempts"),
                row.getString("url"),
                row.getLong("version"),
                Columns.texts(row, "secrets"),
                new EventDocument(
                        row.getString("event"),
                        row.getString("type"),
                        row.getString("subject_id"),
                        Columns.instant(row, "occurred_at"),
                        row.getString("payload")));
    }
}
