package io.fincore.workflows.bookcheck;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check to be made.
 *
 * @param checkId {@code chk_…}; null if the check gets one when it begins, as the schedule's orders are all alike
 * @param requestedBy who wants it: a principal, or {@code schedule}
 * @param anchors heads of the audit log that were kept outside, each in its one-line form; the log must still contain them
 */
public record BookCheckOrder(@Nullable String checkId, String requestedBy, List<String> anchors) {

    /** Of every check that the schedule starts. */
    public static final BookCheckOrder SCHEDULED = new BookCheckOrder(null, "schedule", List.of());

    public BookCheckOrder {
        anchors = List.copyOf(anchors);
    }
}
