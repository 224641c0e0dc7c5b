package io.fincore.ledger;

/** Why a transaction was booked. */
public enum TransactionKind {
    DEPOSIT,
    WITHDRAWAL,
    TRANSFER,
    SETTLEMENT,
    REVERSAL
}
