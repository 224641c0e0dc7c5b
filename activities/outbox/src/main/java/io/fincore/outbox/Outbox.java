package io.fincore.outbox;

import io.fincore.money.IdType;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where events are appended, in the transaction of what they tell of: both are committed or neither. */
public final class Outbox {

    private final JdbcClient jdbc;

    /** @param dataSource the one whose transactions are joined */
    public Outbox(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Appends an event to the caller's transaction; without one it is committed at once.
     *
     * @return the event's id
     * @throws org.springframework.dao.DataAccessException also if the payload is not JSON
     */
    public String append(NewEvent event) {
        String id = IdType.EVENT.next();
        jdbc.sql("""
                        INSERT INTO outbox.event (id, tenant, principal, type, subject_id, payload)
                        VALUES (:id, :tenant, :principal, :type, :subjectId, :payload::jsonb)""")
                .param("id", id)
                .param("tenant", event.tenant())
                .param("principal", event.principal())
                .param("type", event.type())
                .param("subjectId", event.subjectId())
                .param("payload", event.payloadJson())
                .update();
        return id;
    }
}
