package io.fincore.ledger;

/** The two sides of a posting. */
public enum Side {
    DEBIT,
    CREDIT
}
