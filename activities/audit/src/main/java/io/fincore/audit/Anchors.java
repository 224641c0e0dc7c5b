package io.fincore.audit;

import io.fincore.audit.AuditVerdict.Broken;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The anchors of the database and those from outside, taken up as the walk along the chain comes to their entries. */
final class Anchors {

    private final JdbcClient jdbc;
    private final long lastNumber;
    private final Deque<Anchor> trusted;
    private final Deque<Stored> stored = new ArrayDeque<>();
    private long expectedNumber = 1;
    private long proven;

    /** @param lastNumber those after it are younger than the walk */
    Anchors(JdbcClient jdbc, long lastNumber, List<Anchor> trusted) {
        this.jdbc = jdbc;
        this.lastNumber = lastNumber;
        this.trusted = new ArrayDeque<>(trusted.stream()
                .sorted(Comparator.comparingLong(Anchor::position))
                .toList());
    }

    /** Reads the stored ones of these positions. */
    void load(long from, long to) {
        stored.addAll(jdbc.sql("""
                        SELECT number, position, hash, anchored_at FROM audit.anchor
                         WHERE position BETWEEN ? AND ? AND number <= ? ORDER BY position, number""")
                .params(from, to, lastNumber)
                .query((row, number) -> new Stored(row.getLong("number"), Rows.anchor(row, number)))
                .list());
    }

    /** What the anchors say against an entry whose chain is sound; null for nothing. */
    @Nullable
    Broken against(AuditEntry entry) {
        Stored inside = null;
        while (!stored.isEmpty() && stored.peek().anchor.position() == entry.position()) {
            inside = stored.remove();
            if (inside.number != expectedNumber) {
                return new Broken(entry.position(), "anchor " + expectedNumber + " is missing");
            }
            expectedNumber++;
        }
        while (!trusted.isEmpty() && trusted.peek().position() == entry.position()) {
            Broken broken = against(trusted.remove(), entry, inside);
            if (broken != null) {
                return broken;
            }
        }
        if (inside != null && !inside.anchor.hash().equals(entry.hash())) {
            return new Broken(
                    entry.position(),
                    "entry " + entry.position() + " and anchor " + inside.number + " say different hashes, "
                            + entry.hash() + " and " + inside.anchor.hash() + ": one of them was rewritten");
        }
        return null;
    }

    private @Nullable Broken against(Anchor outside, AuditEntry entry, @Nullable Stored inside) {
        if (!outside.hash().equals(entry.hash())) {
            return new Broken(
                    entry.position(),
                    "the chain was rewritten: the exported anchor of " + outside.anchoredAt() + " has hash "
                            + outside.hash()
                            + " at position " + entry.position() + ", the chain " + entry.hash()
                            + "; the first entry that was changed"
                            + " is one of " + (proven + 1) + " to " + entry.position());
        }
        if (inside == null || !inside.anchor.equals(outside)) {
            return new Broken(
                    entry.position(),
                    "the anchors were rewritten: the one that was exported as '" + outside.toLine()
                            + "' is not stored so");
        }
        proven = entry.position();
        return null;
    }

    /** What the anchors say of entries after the last; null for nothing. */
    @Nullable
    Broken beyond(long last) {
        long furthest = Math.max(
                trusted.isEmpty() ? 0 : trusted.peekLast().position(),
                jdbc.sql("SELECT coalesce(max(position), 0) FROM audit.anchor WHERE number <= ?")
                        .param(lastNumber)
                        .query(Long.class)
                        .single());
        if (furthest > last) {
            return new Broken(
                    last + 1, "entry " + (last + 1) + " is missing: an anchor says that there were " + furthest);
        }
        if (expectedNumber <= lastNumber) {
            return new Broken(last, "anchor " + expectedNumber + " is missing");
        }
        return null;
    }

    private record Stored(long number, Anchor anchor) {}
}
