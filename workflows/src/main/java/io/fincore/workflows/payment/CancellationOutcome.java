package io.fincore.workflows.payment;

/**
 * What became of a cancellation.
 *
 * @param accepted whether the payment will end {@code cancelled}; if not, it goes on as if nobody had asked
 * @param status the payment's status when it was decided
 */
public record CancellationOutcome(boolean accepted, PaymentStatus status) {}
