package io.fincore.ledger;

/** Refused: new holds and deposits need an active wallet. */
public record WalletNotActive(WalletStatus status) implements HoldOutcome, DepositOutcome {}
