package io.fincore.api.compliance;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compliance case, as the API shows it.
 *
 * @param status open until it has a verdict; open again if the payment could not be rejected
 * @param round 1, or more if it was opened again
 * @param assignee the principal who shall look at it
 * @param remindAt when its people are reminded of it
 * @param dueAt when it is escalated
 * @param expiresAt when it is rejected, undecided
 * @param escalatedAt null unless it was
 * @param notes the oldest first
 * @param verdict {@code approved}, {@code rejected}, {@code withdrawn} or {@code expired}; null while open
 */
record CaseBody(
        String id,
        String object,
        String payment,
        String status,
        int round,
        List<Reason> reasons,
        @Nullable String assignee,
        Instant remindAt,
        Instant dueAt,
        Instant expiresAt,
        @Nullable Instant escalatedAt,
        List<NoteBody> notes,
        @Nullable String verdict,
        @Nullable String note,
        @Nullable String resolvedBy,
        Map<String, String> metadata,
        Instant createdAt,
        @Nullable Instant resolvedAt) {

    record Reason(String code, String detail) {}
}
