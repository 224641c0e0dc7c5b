package io.fincore.ledger;

/** Refused: there is no such wallet. */
public record WalletUnknown()
        implements HoldOutcome, DepositOutcome, WithdrawalOutcome, TransferOutcome, ActivationOutcome, StatusOutcome {}
