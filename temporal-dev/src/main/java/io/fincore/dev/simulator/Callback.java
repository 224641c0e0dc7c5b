package io.fincore.dev.simulator;

/**
 * A callback that a provider owes to the platform.
 *
 * @param deliveries how many times it is to be delivered, under the same event id
 */
record Callback(String eventId, int deliveries) {}
