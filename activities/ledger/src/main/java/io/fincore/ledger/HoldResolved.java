package io.fincore.ledger;

/**
 * Refused: the hold was settled or released before, under another operation key.
 *
 * @param status never {@link HoldStatus#HELD}
 */
public record HoldResolved(HoldStatus status) implements SettleOutcome, ReleaseOutcome, KeepOutcome {}
