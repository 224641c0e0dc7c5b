package io.fincore.api.inbound;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.request.RequestIdentity;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of callbacks. */
@Component
class InboundEvents {

    private final JdbcClient jdbc;

    private final ObjectMapper json;

    InboundEvents(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @return false if the provider has sent this event before; then nothing changes */
    boolean persist(
            String provider, String eventId, byte[] body, @Nullable String traceParent, RequestIdentity request) {
        return jdbc.sql("""
                INSERT INTO intake.inbound_event
                    (provider, event_id, body, subject_id, trace_parent, correlation_id, request_id)
                VALUES (:provider, :eventId, :body, :subjectId, :traceParent, :correlationId, :requestId)
                ON CONFLICT (provider, event_id) DO NOTHING
                """)
                        .param("provider", provider)
                        .param("eventId", eventId)
                        .param("body", body)
                        .param("subjectId", InboundContent.of(body, json).subject())
                        .param("traceParent", traceParent)
                        .param("correlationId", request.correlationId())
                        .param("requestId", request.requestId())
                        .update()
                == 1;
    }

    /** Due events that no other replica is at; locked until the caller's transaction ends. */
    List<InboundEvent> lockDue(int limit) {
        return jdbc.sql("""
                SELECT provider, event_id, body, trace_parent, correlation_id, request_id, attempts, failing_since
                FROM intake.inbound_event
                WHERE status = 'pending' AND next_attempt_at <= clock_timestamp()
                ORDER BY next_attempt_at LIMIT :limit
                FOR UPDATE SKIP LOCKED
                """)
                .param("limit", limit)
                .query((row, number) -> read(row))
                .list();
    }

    void settle(InboundEvent event, Settlement settlement, String outcome) {
        jdbc.sql("""
                UPDATE intake.inbound_event
                SET status = :status, outcome = :outcome, attempts = attempts + 1, settled_at = clock_timestamp()
                WHERE provider = :provider AND event_id = :eventId
                """)
                .param("status", settlement == Settlement.DONE ? "done" : "dead")
                .param("outcome", outcome)
                .param("provider", event.provider())
                .param("eventId", event.eventId())
                .update();
    }

    /** @param itsOwnFault whether the attempt failed because of the event itself, which counts against our patience with it */
    void postpone(InboundEvent event, Duration pause, boolean itsOwnFault) {
        jdbc.sql("""
                UPDATE intake.inbound_event
                SET attempts = attempts + 1, next_attempt_at = clock_timestamp() + :millis * interval '1 millisecond',
                    failing_since = CASE WHEN :itsOwnFault THEN coalesce(failing_since, clock_timestamp()) END
                WHERE provider = :provider AND event_id = :eventId
                """)
                .param("millis", pause.toMillis())
                .param("itsOwnFault", itsOwnFault)
                .param("provider", event.provider())
                .param("eventId", event.eventId())
                .update();
    }

    enum Settlement {
        DONE,
        DEAD
    }

    private static InboundEvent read(ResultSet row) throws SQLException {
        OffsetDateTime failingSince = row.getObject("failing_since", OffsetDateTime.class);
        return new InboundEvent(
                row.getString("provider"),
                row.getString("event_id"),
                new String(row.getBytes("body"), StandardCharsets.UTF_8),
                row.getString("trace_parent"),
                row.getString("correlation_id"),
                row.getString("request_id"),
                row.getInt("attempts"),
                failingSince == null ? null : failingSince.toInstant());
    }
}
