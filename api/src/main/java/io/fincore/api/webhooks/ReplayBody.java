package io.fincore.api.webhooks;

import java.time.Instant;

/**
 * A replay that was ordered.
 *
 * @param deliveries how many were added; what was on its way already, or comes anyway in a moment, is not among them
 */
record ReplayBody(String object, String endpoint, Instant from, Instant to, int deliveries) {}
