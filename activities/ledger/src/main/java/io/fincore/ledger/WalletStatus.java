package io.fincore.ledger;

/**
 * The life of a wallet. Only an active one takes new holds and deposits; what is under way ends whatever the status.
 */
public enum WalletStatus {
    PENDING_ACTIVATION,
    ACTIVE,
    FROZEN,
    CLOSED
}
