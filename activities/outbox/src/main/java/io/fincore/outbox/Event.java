package io.fincore.outbox;

import java.time.Instant;

/**
 * An event on its way to a consumer.
 *
 * @param id the same at every delivery: what a consumer tells a repetition by
 * @param position its place among all events, from 1 and without gaps; of two events of one subject the earlier has
 *     the lower
 * @param payloadJson a JSON value, as PostgreSQL's {@code jsonb} writes it: key order and white space are not those
 *     appended
 */
public record Event(
        String id,
        long position,
        String tenant,
        String principal,
        String type,
        String subjectId,
        String payloadJson,
        Instant occurredAt) {}
