package io.fincore.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The log of all changes of state. Recording is the database's own work, in the transaction of the change, see {@link Origin#bind}; here
 * it is chained, anchored and read. What is recorded can be read once it is chained.
 */
public final class AuditLog {

    private final JdbcClient jdbc;

    /** @param dataSource connects as any role; {@link #seal}, {@link #anchor} and {@link #backlog} are the worker's */
    public AuditLog(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Chains the next records, the oldest first; waits while another process does. Nobody who records waits for it.
     *
     * @param max the most at once
     * @return how many; 0 if nothing that is committed waits
     */
    public int seal(int max) {
        return jdbc.sql("SELECT audit.seal(?)").param(max).query(Integer.class).single();
    }

    /**
     * Anchors the head of the chain, unless it has not moved since the last anchor or that is not as old as this: of many workers that
     * ask, one anchors. Export what is answered: in the database it proves nothing to whoever owns the database.
     */
    public Optional<Anchor> anchor(Duration every) {
        return jdbc.sql("SELECT position, hash, anchored_at FROM audit.anchor(make_interval(secs => ? / 1000.0))")
                .param(every.toMillis())
                .query(Rows::anchor)
                .optional();
    }

    public Backlog backlog() {
        return jdbc.sql("SELECT unsealed, oldest FROM audit.backlog()")
                .query(Rows::backlog)
                .single();
    }

    /** A page of the chain, newest first. */
    public List<AuditEntry> entries(AuditQuery query) {
        // Only the conditions that narrow: a plan that fits all of them would walk the whole chain for a rare object.
        List<AuditEntry> entries = jdbc.sql(
                        "SELECT position, recorded_at, action, object, object_id, before, after, origin, hash"
                                + " FROM audit.entry WHERE true"
                                + condition(" AND object = :object", query.object())
                                + condition(" AND object_id = :objectId", query.objectId())
                                + page(query.newerThan(), query.olderThan()))
                .param("object", query.object())
                .param("objectId", query.objectId())
                .param("newerThan", query.newerThan())
                .param("olderThan", query.olderThan())
                .param("limit", query.limit())
                .query(Rows::entry)
                .list();
        return query.newerThan() == null ? entries : entries.reversed();
    }

    /** The last anchor; empty as long as there is none. */
    public Optional<Anchor> lastAnchor() {
        return anchors(null, null, 1).stream().findFirst();
    }

    /**
     * A page of the anchors, newest first.
     *
     * @param newerThan only anchors of higher positions, the nearest of them; null for no bound, as is {@code olderThan}
     */
    public List<Anchor> anchors(@Nullable Long newerThan, @Nullable Long olderThan, int limit) {
        List<Anchor> anchors = jdbc.sql(
                        "SELECT position, hash, anchored_at FROM audit.anchor WHERE true" + page(newerThan, olderThan))
                .param("newerThan", newerThan)
                .param("olderThan", olderThan)
                .param("limit", limit)
                .query(Rows::anchor)
                .list();
        return newerThan == null ? anchors : anchors.reversed();
    }

    private static String page(@Nullable Long newerThan, @Nullable Long olderThan) {
        return condition(" AND position > :newerThan", newerThan)
                + condition(" AND position < :olderThan", olderThan)
                + (newerThan == null ? " ORDER BY position DESC" : " ORDER BY position")
                + " LIMIT :limit";
    }

    private static String condition(String condition, @Nullable Object value) {
        return value == null ? "" : condition;
    }
}
