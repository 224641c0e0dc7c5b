package io.fincore.ledger;

/** The life of a hold: it is resolved once. */
public enum HoldStatus {
    HELD,
    SETTLED,
    RELEASED
}
