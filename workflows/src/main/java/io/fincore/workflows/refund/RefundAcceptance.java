package io.fincore.workflows.refund;

import org.jspecify.annotations.Nullable;

/**
 * What a client is told at once.
 *
 * @param refusal null if the refund was created
 */
public record RefundAcceptance(RefundReservation.@Nullable Refused refusal) {}
