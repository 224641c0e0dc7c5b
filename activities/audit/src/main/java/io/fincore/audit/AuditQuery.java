package io.fincore.audit;

import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted; what is null does not narrow.
 *
 * @param object the kind of thing; needed with {@code objectId}
 * @param newerThan only entries after this position, the nearest of them
 * @param olderThan only entries before this position
 * @param limit at most so many
 */
public record AuditQuery(
        @Nullable String object,
        @Nullable String objectId,
        @Nullable Long newerThan,
        @Nullable Long olderThan,
        int limit) {

    public AuditQuery {
        if (object == null && objectId != null) {
            throw new IllegalArgumentException("an id is looked up with its kind of object");
        }
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one row");
        }
    }
}
