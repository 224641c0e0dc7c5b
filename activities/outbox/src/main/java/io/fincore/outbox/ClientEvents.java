package io.fincore.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What clients may read of their events: everything but alarms to those who operate the platform. */
public final class ClientEvents {

    private static final String SELECT = """
        SELECT id, type, subject_id, occurred_at, payload::text AS payload
          FROM outbox.client_event
         WHERE tenant = :tenant AND principal = :principal
        """;

    private final JdbcClient jdbc;

    /** @param dataSource for reads; a replica will do */
    public ClientEvents(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Empty also for an event of someone else. */
    public Optional<EventDocument> find(String tenant, String principal, String eventId) {
        return jdbc.sql(SELECT + " AND id = :id")
                .param("tenant", tenant)
                .param("principal", principal)
                .param("id", eventId)
                .query(ClientEvents::read)
                .optional();
    }

    /** Newest first, or nearest first with {@code newerThan}. */
    public List<EventDocument> list(String tenant, String principal, ClientEventQuery query) {
        return jdbc.sql(SELECT + """
                   AND (:type::text IS NULL OR type = :type)
                   AND (:subject::text IS NULL OR subject_id = :subject)
                   AND (:from::timestamptz IS NULL OR occurred_at >= :from)
                   AND (:to::timestamptz IS NULL OR occurred_at < :to)
                   AND (:older::text IS NULL OR id < :older)
                   AND (:newer::text IS NULL OR id > :newer)
                 ORDER BY id\
                 """ + (query.newerThan() == null ? " DESC" : "") + " LIMIT :limit")
                .param("tenant", tenant)
                .param("principal", principal)
                .param("type", query.type())
                .param("subject", query.subjectId())
                .param("from", Columns.utc(query.from()))
                .param("to", Columns.utc(query.to()))
                .param("older", query.olderThan())
                .param("newer", query.newerThan())
                .param("limit", query.limit())
                .query(ClientEvents::read)
                .list();
    }

    private static EventDocument read(ResultSet row, int number) throws SQLException {
        return new EventDocument(
                row.getString("id"),
                row.getString("type"),
                row.getString("subject_id"),
                Columns.instant(row, "occurred_at"),
                row.getString("payload"));
    }
}
