package io.fincore.api.bookchecks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check of the whole book, as the API shows it.
 *
 * @param status {@code running}, {@code sound}, {@code violated}, or {@code failed}: the book could not be checked
 * @param requestedBy a principal, or {@code schedule}
 * @param findings one for each check that was made, whether or not it found something; null unless the book was checked
 * @param error why the book could not be checked
 */
record BookCheckBody(
        String id,
        String object,
        String status,
        String requestedBy,
        @Nullable List<BookCheckFinding> findings,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant completedAt) {}
