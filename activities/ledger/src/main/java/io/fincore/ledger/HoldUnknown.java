package io.fincore.ledger;

/** Refused: there is no such hold. */
public record HoldUnknown() implements SettleOutcome, ReleaseOutcome, KeepOutcome {}
