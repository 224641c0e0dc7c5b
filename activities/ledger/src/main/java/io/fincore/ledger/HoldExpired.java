package io.fincore.ledger;

/**
 * Refused: the deadline has passed. What is left of the hold stays held until it is released, by whoever wants it or by
 * {@link ExpiredHolds}; the answer is the same before and after that job gave it back.
 */
public record HoldExpired() implements HoldOutcome, SettleOutcome, KeepOutcome {}
