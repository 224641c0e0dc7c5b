package io.fincore.workflows.erasure;

import java.time.Instant;

/**
 * A person wants to be forgotten.
 *
 * @param erasureId {@code era_…}
 * @param reason as the person put it
 * @param remindAt when the tenant is reminded that something is in the way still
 * @param deadline when whoever has to see to it is alerted: one month after the request (GDPR, art. 12 (3))
 */
public record ErasureOrder(
        String erasureId,
        String customerId,
        String tenant,
        String principal,
        String reason,
        String correlationId,
        Instant orderedAt,
        Instant remindAt,
        Instant deadline) {}
