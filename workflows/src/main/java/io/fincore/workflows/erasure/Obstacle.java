package io.fincore.workflows.erasure;

/**
 * Something of the customer that has to end before the customer can be erased.
 *
 * @param kind {@code wallet}, {@code payment}, {@code refund}, {@code compliance_case}, {@code account_activation} or {@code
 *     notification}
 * @param status in which it is
 */
public record Obstacle(String kind, String id, String status) {}
