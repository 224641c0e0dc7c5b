package io.fincore.api.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.fincore.audit.AuditEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of state, as it is chained.
 *
 * @param id the entry's position in the log: 1 for the first, without gaps
 * @param action what happened: {@code wallet.status_changed}
 * @param before what is recorded of the subject before; null if it is new
 * @param after the same after the change; null if it is gone
 * @param origin who did it: {@code actor}, and where they are known {@code request_id}, {@code correlation_id}, {@code ip},
 *     {@code user_agent}
 * @param hash SHA-256 over the hash before and this entry, in lower-case hex
 */
record AuditEntryBody(
        String id,
        String object,
        String action,
        Subject subject,
        @JsonRawValue @Schema(types = {"object", "null"}) @Nullable String before,
        @JsonRawValue @Schema(types = {"object", "null"}) @Nullable String after,
        @JsonRawValue @Schema(types = "object") String origin,
        Instant recordedAt,
        String hash) {

    static AuditEntryBody of(AuditEntry entry) {
        return new AuditEntryBody(
                Long.toString(entry.position()),
                "audit_entry",
                entry.action(),
                new Subject(entry.object(), entry.objectId()),
                entry.before(),
                entry.after(),
                entry.origin(),
                entry.recordedAt(),
                entry.hash());
    }

    /** What was changed: {@code wallet} and {@code wal_…}. */
    @Schema(name = "AuditSubject")
    record Subject(String object, String id) {}
}
