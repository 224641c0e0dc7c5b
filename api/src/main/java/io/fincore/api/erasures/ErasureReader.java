package io.fincore.api.erasures;

import io.fincore.api.database.Columns;
import io.fincore.api.database.ReadDatabase;
import io.fincore.api.lists.Cursor;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads a caller's erasures: rows that the worker has written, and orders that it has not written yet. */
@Component
class ErasureReader {

    private static final String ROWS = """
            SELECT id, version, principal, customer_id, reason, status, obstacles::text AS obstacles, deadline, cancelled_by,
                   created_at, updated_at, ended_at, NULL AS document
            FROM read.erasure WHERE tenant = :tenant
            """;

    private static final String STARTED_CLAIMS = """
            SELECT resource_id, 0, principal, NULL, NULL, NULL, NULL, NULL, NULL, created_at, created_at, NULL, document::text
            FROM intake.idempotency_key claim
            WHERE tenant = :tenant AND principal = :principal AND started_at IS NOT NULL AND resource_id = :id
              AND operation = 'erasures.create'
              AND NOT EXISTS (SELECT FROM read.erasure e WHERE e.id = claim.resource_id)
            """;

    /** An order counts from its claim on: while it is being started, and when it was started but is not written yet. */
    private static final String UNDER_WAY = """
            SELECT EXISTS (SELECT FROM read.erasure WHERE customer_id = :customer AND status IN ('pending', 'overdue'))
            OR EXISTS (
                SELECT FROM intake.idempotency_key claim
                WHERE tenant = :tenant AND principal = :principal AND operation = 'erasures.create'
                  AND document ->> 'customer' = :customer
                  AND (answered_at IS NULL AND locked_until > clock_timestamp() OR started_at IS NOT NULL)
                  AND NOT EXISTS (SELECT FROM read.erasure e WHERE e.id = claim.resource_id))
            """;

    /** Keys are never deleted, and outlive what Temporal keeps. */
    private static final String OPEN = """
            SELECT claim.resource_id, claim.correlation_id, claim.document::text
            FROM intake.idempotency_key claim LEFT JOIN read.erasure e ON e.id = claim.resource_id
            WHERE claim.tenant = :tenant AND claim.principal = :principal AND claim.operation = 'erasures.create'
              AND claim.document ->> 'customer' = :customer
              AND (e.status IN ('pending', 'overdue') OR e.id IS NULL AND claim.started_at IS NOT NULL)
            """;

    private static final String CONDITIONS = """
             AND (:status::text IS NULL OR status = :status)
             AND (:customer::text IS NULL OR customer_id = :customer)
             AND (:deadlineGte::timestamptz IS NULL OR deadline >= :deadlineGte)
             AND (:deadlineLt::timestamptz IS NULL OR deadline < :deadlineLt)
             AND (:after::text IS NULL OR id < :after)
             AND (:before::text IS NULL OR id > :before)
            """;

    private final JdbcClient jdbc;
    private final JdbcClient lists;
    private final ErasureRows rows;

    ErasureReader(JdbcClient jdbc, ReadDatabase reads, ErasureRows rows) {
        this.jdbc = jdbc;
        this.lists = reads.jdbc();
        this.rows = rows;
    }

    /** Empty also for an erasure of someone else. */
    Optional<StoredErasure> find(Caller caller, String erasureId) {
        return IdType.ERASURE.matches(erasureId)
                ? jdbc
                        .sql(ROWS + " AND principal = :principal AND id = :id UNION ALL " + STARTED_CLAIMS)
                        .param("tenant", caller.tenant())
                        .param("principal", caller.principal())
                        .param("id", erasureId)
                        .query((row, number) -> rows.read(row))
                        .list()
                        .stream()
                        // Should the row appear between the two halves, the first one counts.
                        .findFirst()
                : Optional.empty();
    }

    /** Those of the whole tenant, whoever has requested them. */
    List<ErasureBody> list(Caller caller, ErasureFilter filter, Cursor cursor) {
        return lists.sql(ROWS
                        + CONDITIONS
                        + (cursor.ascending() ? " ORDER BY id LIMIT :limit" : " ORDER BY id DESC LIMIT :limit"))
                .param("tenant", caller.tenant())
                .param("status", filter.status())
                .param("customer", filter.customer())
                .param("deadlineGte", Columns.utc(filter.deadlineGte()))
                .param("deadlineLt", Columns.utc(filter.deadlineLt()))
                .param("after", cursor.startingAfter())
                .param("before", cursor.endingBefore())
                .param("limit", cursor.fetch())
                .query((row, number) -> rows.read(row).body())
                .list();
    }

    /** The customer's erasure that has not ended, if there is one, with its row or before it has one. */
    List<ErasureClaim> open(Caller caller, String customerId) {
        return jdbc.sql(OPEN)
                .param("tenant", caller.tenant())
                .param("principal", caller.principal())
                .param("customer", customerId)
                .query((row, number) -> rows.claim(row))
                .list();
    }

    /** Whether the worker knows the erasure: then its workflow has run and must not be started again. */
    boolean isWritten(String erasureId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM read.erasure WHERE id = :id)")
                .param("id", erasureId)
                .query(Boolean.class)
                .single();
    }

    /** Whether the customer is being erased already; lets one order through at a time, until the caller's transaction ends. */
    boolean isUnderWay(Caller caller, String customerId) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('erasure of ' || :customer, 0))")
                .param("customer", customerId)
                .query((row, number) -> true)
                .single();
        return jdbc.sql(UNDER_WAY)
                .param("tenant", caller.tenant())
                .param("principal", caller.principal())
                .param("customer", customerId)
                .query(Boolean.class)
                .single();
    }
}
