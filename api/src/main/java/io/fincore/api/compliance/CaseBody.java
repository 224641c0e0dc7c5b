package io.fincore.api.compliance;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compliance case, as the API shows it.
 *
 * @param status open until it has a verdict
 * @param verdict {@code approved}, {@code rejected}, {@code withdrawn} or {@code expired}; null while open
 */
record CaseBody(
        String id,
        String object,
        String payment,
        String status,
        List<Reason> reasons,
        @Nullable String verdict,
        @Nullable String note,
        @Nullable String resolvedBy,
        Map<String, String> metadata,
        Instant createdAt,
        @Nullable Instant resolvedAt) {

    record Reason(String code, String detail) {}
}
