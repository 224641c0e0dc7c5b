package io.fincore.outbox;

import io.fincore.money.IdType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The deliveries to clients' endpoints, as the API shows them and asks for more. Each method joins the caller's transaction; one that asks
 * for more wants the endpoint {@linkplain WebhookEndpoints#lockForDeliveries locked} before.
 */
public final class Deliveries {

    /** What one replay may bring. */
    public static final int MOST_PER_REPLAY = 10_000;

    /** Ids of events are made before the database dates them, by other clocks. */
    private static final Duration CLOCKS_APART = Duration.ofHours(1);

    private static final String SELECT = """
        SELECT id, endpoint_id, event_id, event_type, subject_id, kind, status, attempts, next_attempt_at, response_status,
               response_excerpt, error, created_at, last_attempt_at, settled_at
          FROM outbox.delivery
         WHERE endpoint_id = :endpoint
        """;

    private final JdbcClient jdbc;

    /** @param dataSource connects as the API; the one whose transactions are joined */
    public Deliveries(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    public Optional<Delivery> find(String endpointId, String deliveryId) {
        return jdbc.sql(SELECT + " AND id = :id")
                .param("endpoint", endpointId)
                .param("id", deliveryId)
                .query(Deliveries::read)
                .optional();
    }

    /** Newest first, or nearest first with {@code newerThan}. */
    public List<Delivery> list(String endpointId, DeliveryQuery query) {
        return jdbc.sql(SELECT + """
                   AND (:status::text IS NULL OR status = :status)
                   AND (:type::text IS NULL OR event_type = :type)
                   AND (:event::text IS NULL OR event_id = :event)
                   AND (:older::text IS NULL OR id < :older)
                   AND (:newer::text IS NULL OR id > :newer)
                 ORDER BY id\
                 """ + (query.newerThan() == null ? " DESC" : "") + " LIMIT :limit")
                .param("endpoint", endpointId)
                .param("status", query.status() == null ? null : query.status().code())
                .param("type", query.eventType())
                .param("event", query.eventId())
                .param("older", query.olderThan())
                .param("newer", query.newerThan())
                .param("limit", query.limit())
                .query(Deliveries::read)
                .list();
    }

    /** Sends the event again, at once. What is on its way already is due now instead. */
    public Delivery resend(Delivery before) {
        jdbc.sql("UPDATE outbox.endpoint SET resting_until = NULL WHERE id = :endpoint AND resting_until IS NOT NULL")
                .param("endpoint", before.endpointId())
                .update();
        jdbc.sql("""
            UPDATE outbox.delivery SET next_attempt_at = least(next_attempt_at, clock_timestamp())
             WHERE endpoint_id = :endpoint AND event_id = :event AND status = 'pending'\
            """)
                .param("endpoint", before.endpointId())
                .param("event", before.eventId())
                .update();
        jdbc.sql("""
            INSERT INTO outbox.delivery (id, endpoint_id, event_id, event_type, subject_id, kind)
            VALUES (:id, :endpoint, :event, :type, :subject, 'resend')
            ON CONFLICT DO NOTHING\
            """)
                .param("id", IdType.DELIVERY.next())
                .param("endpoint", before.endpointId())
                .param("event", before.eventId())
                .param("type", before.eventType())
                .param("subject", before.subjectId())
                .update();
        // The newest of the event: ours, or the one that was pending.
        return list(before.endpointId(), new DeliveryQuery(null, null, before.eventId(), null, null, 1))
                .getFirst();
    }

    /**
     * Sends again, in order, what happened in a span of time and fits the endpoint's types, whether or not the endpoint was there then.
     * What is on its way already is not sent twice, nor what the endpoint will get anyway as soon as it is dispatched: nobody who
     * dispatches events waits for a replay because of an event that both of them add.
     *
     * @param to exclusive
     * @return how many deliveries were added; empty, and nothing added, if there would be more than {@link #MOST_PER_REPLAY}
     */
    public OptionalInt replay(WebhookEndpoint endpoint, Instant from, Instant to) {
        String[] ids = Stream.generate(IdType.DELIVERY::next)
                .limit(MOST_PER_REPLAY)
                .sorted()
                .toArray(String[]::new);
        String events = """
              FROM outbox.client_event
             WHERE tenant = :tenant AND principal = :principal AND id >= :lowest AND id < :highest
               AND occurred_at >= :from AND occurred_at < :to AND (type = ANY(:types) OR '*' = ANY(:types))
               AND (occurred_at < :created OR position <= (SELECT position FROM outbox.cursor WHERE name = 'webhooks'))
            """;
        long found = bind(
                        jdbc.sql("SELECT count(*) FROM (SELECT 1" + events + " LIMIT :most) AS found"),
                        endpoint,
                        from,
                        to)
                .param("most", MOST_PER_REPLAY + 1)
                .query(Long.class)
                .single();
        if (found > MOST_PER_REPLAY) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(bind(jdbc.sql("""
            INSERT INTO outbox.delivery (id, endpoint_id, event_id, event_type, subject_id, kind)
            SELECT fresh.id, :endpoint, event.id, event.type, event.subject_id, 'replay'
              FROM (SELECT id, type, subject_id, position, number,
                           row_number() OVER (ORDER BY position NULLS LAST, number) AS place
            """ + events + """
             LIMIT :most) AS event
              JOIN unnest(:ids::text[]) WITH ORDINALITY AS fresh (id, place) USING (place)
             ORDER BY place
            ON CONFLICT DO NOTHING\
            """), endpoint, from, to)
                .param("most", MOST_PER_REPLAY)
                .param("endpoint", endpoint.id())
                .param("ids", ids)
                .update());
    }

    private static JdbcClient.StatementSpec bind(
            JdbcClient.StatementSpec statement, WebhookEndpoint endpoint, Instant from, Instant to) {
        return statement
                .param("tenant", endpoint.tenant())
                .param("principal", endpoint.principal())
                .param("types", endpoint.types().toArray(String[]::new))
                .param("created", Columns.utc(endpoint.createdAt()))
                .param("lowest", IdType.EVENT.lowest(from.minus(CLOCKS_APART)))
                .param("highest", IdType.EVENT.lowest(to.plus(CLOCKS_APART)))
                .param("from", Columns.utc(from))
                .param("to", Columns.utc(to));
    }

    private static Delivery read(ResultSet row, int number) throws SQLException {
        DeliveryStatus status = DeliveryStatus.ofCode(row.getString("status"));
        @Nullable Integer responseStatus = row.getObject("response_status", Integer.class);
        @Nullable String excerpt = row.getString("response_excerpt");
        @Nullable String error = row.getString("error");
        return new Delivery(
                row.getString("id"),
                row.getString("endpoint_id"),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("subject_id"),
                row.getString("kind"),
                status,
                row.getInt("attempts"),
                status == DeliveryStatus.PENDING ? Columns.instant(row, "next_attempt_at") : null,
                responseStatus,
                excerpt,
                error,
                Columns.instant(row, "created_at"),
                Columns.nullableInstant(row, "last_attempt_at"),
                Columns.nullableInstant(row, "settled_at"));
    }
}
