package io.fincore.ledger;

/** Refused: something else was done under this operation key. */
public record OperationKeyReused()
        implements HoldOutcome,
                SettleOutcome,
                ReleaseOutcome,
                ReversalOutcome,
                DepositOutcome,
                WithdrawalOutcome,
                TransferOutcome,
                TransferBatchOutcome {}
