package io.fincore.ledger;

/** What came of {@link OpenWallet}. */
public sealed interface OpenOutcome {

    Wallet wallet();

    record Opened(Wallet wallet) implements OpenOutcome {}

    /** @param wallet as it was opened before, with the metadata of then */
    record AlreadyOpen(Wallet wallet) implements OpenOutcome {}
}
