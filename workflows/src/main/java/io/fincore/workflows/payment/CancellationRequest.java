package io.fincore.workflows.payment;

/**
 * Who wants the payment cancelled, and why.
 *
 * @param actor the principal, or {@code operator} for a cancellation from Temporal's Web UI
 */
public record CancellationRequest(String actor, String reason) {}
