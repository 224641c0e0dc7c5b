package io.fincore.ledger;

/** Refused: the wallet is not in the status that the movement needs. */
public record WalletNotActive(WalletStatus status)
        implements HoldOutcome, DepositOutcome, WithdrawalOutcome, TransferOutcome, ActivationOutcome {}
