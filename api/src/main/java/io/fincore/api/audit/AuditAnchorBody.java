package io.fincore.api.audit;

import io.fincore.audit.Anchor;
import java.time.Instant;

/**
 * The log's head at an instant.
 *
 * @param id position of the entry that was the last
 * @param hash that entry's, in lower-case hex
 * @param line the anchor as it is kept outside and given to a verification
 */
record AuditAnchorBody(String id, String object, String hash, Instant anchoredAt, String line) {

    static AuditAnchorBody of(Anchor anchor) {
        return new AuditAnchorBody(
                Long.toString(anchor.position()), "audit_anchor", anchor.hash(), anchor.anchoredAt(), anchor.toLine());
    }
}
