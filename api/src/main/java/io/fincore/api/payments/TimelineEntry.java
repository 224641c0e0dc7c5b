package io.fincore.api.payments;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Something that happened to a payment.
 *
 * @param kind {@code status}, {@code step}, {@code decision}, {@code ledger}, {@code bank}, {@code case}, {@code refund} or {@code webhook}
 */
record TimelineEntry(Instant occurredAt, String kind, String name, JsonNode detail) {}
