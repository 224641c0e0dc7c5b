package io.fincore.ledger;

/** The life of a hold: it is resolved once. */
public enum HoldStatus {
    /** Something of it is reserved; parts may have been settled. */
    HELD,
    /** A part of it at least was settled, and what was left given back. */
    SETTLED,
    /** All of it was given back. */
    RELEASED
}
