package io.fincore.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link of the chain.
 *
 * @param position from 1, without gaps
 * @param recordedAt to the microsecond, on the writer's database clock; positions need not rise with it
 * @param action what happened to which kind of thing, {@code wallet.frozen}
 * @param object the kind of thing, {@code wallet}, with its id
 * @param before what is recorded of the thing before, as the very JSON text that was hashed; null if it is new
 * @param after the same after the change
 * @param origin who did it, {@link Origin#toJson()}
 * @param hash SHA-256 in lower-case hex of the hash before and this entry's canonical bytes
 */
public record AuditEntry(
        long position,
        Instant recordedAt,
        String action,
        String object,
        String objectId,
        @Nullable String before,
        @Nullable String after,
        String origin,
        String hash) {}
