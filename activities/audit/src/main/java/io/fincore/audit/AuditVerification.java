package io.fincore.audit;

import io.fincore.audit.AuditVerdict.Broken;
import io.fincore.audit.AuditVerdict.Verified;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Recomputes the chain, in Java and not by what the database computes, and compares it with the anchors.
 *
 * <p>A chain that was recomputed after an edit is sound in itself: only an anchor that was exported, and given here from where it was
 * kept, tells. It reads in portions, so memory does not grow with the log and no long snapshot holds up the database; what is sealed
 * meanwhile is left for the next time.
 */
public final class AuditVerification {

    private static final int PORTION = 2_000;

    private final JdbcClient jdbc;
    private final int portion;

    /** @param dataSource connects as any role */
    public AuditVerification(DataSource dataSource) {
        this(dataSource, PORTION);
    }

    AuditVerification(DataSource dataSource, int portion) {
        this.jdbc = JdbcClient.create(dataSource);
        this.portion = portion;
    }

    /**
     * Verifies all that is sealed now.
     *
     * @param trusted exported anchors, in any order; the more, the nearer is told what was changed
     */
    public AuditVerdict verify(List<Anchor> trusted) {
        // Anchors are counted before the head is read, so that each of them has its entry.
        long anchors = count("SELECT coalesce(max(number), 0) FROM audit.anchor");
        long first = count("SELECT coalesce(min(position), 1) FROM audit.entry");
        long last = count("SELECT coalesce(max(position), 0) FROM audit.entry");
        if (first < 1) {
            return new Broken(first, "there is an entry at position " + first + ", and the first is 1");
        }
        Walk walk = new Walk(new Anchors(jdbc, anchors, trusted));
        for (long from = 1; from <= last; from += portion) {
            Optional<Broken> broken = walk.over(from, Math.min(from + portion - 1, last));
            if (broken.isPresent()) {
                return broken.get();
            }
        }
        @Nullable Broken beyond = walk.anchors.beyond(last);
        return beyond == null ? new Verified(last, walk.head) : beyond;
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    /** Along the chain, as far as it is sound. */
    private final class Walk {

        private final Anchors anchors;
        private long expected = 1;
        private String head = Chain.GENESIS;

        Walk(Anchors anchors) {
            this.anchors = anchors;
        }

        Optional<Broken> over(long from, long to) {
            anchors.load(from, to);
            for (AuditEntry entry : entries(from, to)) {
                Broken broken = step(entry);
                if (broken != null) {
                    return Optional.of(broken);
                }
            }
            return expected > to ? Optional.empty() : Optional.of(missing());
        }

        private @Nullable Broken step(AuditEntry entry) {
            if (entry.position() > expected) {
                return missing();
            }
            if (entry.position() < expected) {
                return new Broken(entry.position(), "there is more than one entry at position " + entry.position());
            }
            String hash = Chain.hash(head, entry);
            if (!hash.equals(entry.hash())) {
                return new Broken(
                        entry.position(),
                        "entry " + entry.position() + " (" + entry.action() + " of " + entry.object() + " "
                                + entry.objectId()
                                + ") is not the one that was sealed here: its hash is stored as " + entry.hash()
                                + ", and what it says after the entry before it gives " + hash);
            }
            head = hash;
            expected++;
            return anchors.against(entry);
        }

        private Broken missing() {
            return new Broken(expected, "entry " + expected + " is missing");
        }
    }

    private List<AuditEntry> entries(long from, long to) {
        return jdbc.sql("""
                        SELECT position, recorded_at, action, object, object_id, before, after, origin, hash
                          FROM audit.entry WHERE position BETWEEN ? AND ? ORDER BY position""").params(from, to).query(Rows::entry).list();
    }
}
