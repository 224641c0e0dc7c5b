package io.fincore.workflows.refund;

/**
 * A live workflow's own view of its refund.
 *
 * @param step name of the step that is being taken, such as {@code bank.refund}
 * @param waitingFor in words, what has to happen next
 */
public record RefundState(String refundId, String paymentId, RefundStatus status, String step, String waitingFor) {}
