package io.fincore.ledger;

/** What came of {@link ReleaseHold}. */
public sealed interface ReleaseOutcome permits ReleaseOutcome.Released, HoldUnknown, HoldResolved, OperationKeyReused {

    record Released() implements ReleaseOutcome {}
}
