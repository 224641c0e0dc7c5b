package io.fincore.api.inbound;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.database.Columns;
import io.fincore.api.database.ReadDatabase;
import io.fincore.api.lists.Cursor;
import io.fincore.money.IdType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads callbacks for operators. Providers call the platform, not a tenant: there are none here. */
@Component
class InboundEventReader {

    private static final String COLUMNS = """
            SELECT id, provider, event_id, subject_id, status, attempts, next_attempt_at, failing_since, outcome, correlation_id,
                   request_id, received_at, settled_at, %s AS body
            FROM intake.inbound_event
            """;

    private final JdbcClient jdbc;
    private final JdbcClient lists;
    private final ObjectMapper json;

    InboundEventReader(JdbcClient jdbc, ReadDatabase reads, ObjectMapper json) {
        this.jdbc = jdbc;
        this.lists = reads.jdbc();
        this.json = json;
    }

    Optional<InboundEventBody> find(String id) {
        return IdType.INBOUND_EVENT.matches(id)
                ? jdbc.sql(COLUMNS.formatted("body") + " WHERE id = :id")
                        .param("id", id)
                        .query((row, number) ->
                                read(row).with(InboundContent.of(row.getBytes("body"), json), replays(id)))
                        .optional()
                : Optional.empty();
    }

    List<InboundEventBody> list(InboundFilter filter, Cursor cursor) {
        return lists.sql(COLUMNS.formatted("NULL") + """
                         WHERE (:provider::text IS NULL OR provider = :provider)
                           AND (:status::text IS NULL OR status = :status)
                           AND (:receivedGte::timestamptz IS NULL OR received_at >= :receivedGte)
                           AND (:receivedLt::timestamptz IS NULL OR received_at < :receivedLt)
                           AND (:after::text IS NULL OR id < :after)
                           AND (:before::text IS NULL OR id > :before)
                        """
                        + (cursor.ascending() ? " ORDER BY id LIMIT :limit" : " ORDER BY id DESC LIMIT :limit"))
                .param("provider", filter.provider())
                .param("status", filter.status())
                .param("receivedGte", Columns.utc(filter.receivedGte()))
                .param("receivedLt", Columns.utc(filter.receivedLt()))
                .param("after", cursor.startingAfter())
                .param("before", cursor.endingBefore())
                .param("limit", cursor.fetch())
                .query((row, number) -> read(row))
                .list();
    }

    private List<InboundReplayBody> replays(String id) {
        return jdbc.sql("""
                SELECT requested_by, reason, requested_at, attempts, outcome, dead_since
                FROM intake.inbound_replay WHERE inbound_id = :id ORDER BY number
                """)
                .param("id", id)
                .query((row, number) -> new InboundReplayBody(
                        row.getString("requested_by"),
                        row.getString("reason"),
                        Columns.instant(row, "requested_at"),
                        row.getInt("attempts"),
                        row.getString("outcome"),
                        Columns.instant(row, "dead_since")))
                .list();
    }

    private static InboundEventBody read(ResultSet row) throws SQLException {
        boolean pending = row.getString("status").equals("pending");
        return new InboundEventBody(
                row.getString("id"),
                "inbound_event",
                row.getString("provider"),
                row.getString("event_id"),
                row.getString("subject_id"),
                row.getString("status"),
                row.getInt("attempts"),
                pending ? Columns.nullableInstant(row, "next_attempt_at") : null,
                pending ? Columns.nullableInstant(row, "failing_since") : null,
                row.getString("outcome"),
                row.getString("correlation_id"),
                row.getString("request_id"),
                Columns.instant(row, "received_at"),
                Columns.nullableInstant(row, "settled_at"),
                null,
                null);
    }
}
