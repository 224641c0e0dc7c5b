package io.fincore.ledger;

/** What came of {@link Ledger#keepHold}. */
public sealed interface KeepOutcome permits KeepOutcome.Kept, HoldUnknown, HoldResolved, HoldExpired {

    record Kept() implements KeepOutcome {}
}
