package io.fincore.ledger;

/** What came of {@link Ledger#activate}. */
public sealed interface ActivationOutcome permits ActivationOutcome.Activated, WalletUnknown, WalletNotActive {

    /** The wallet is active, be it by this call or an earlier one. */
    record Activated() implements ActivationOutcome {}
}
