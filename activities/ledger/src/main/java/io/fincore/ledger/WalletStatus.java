package io.fincore.ledger;

/**
 * The life of a wallet. Only an active one takes new holds, deposits, withdrawals and transfers; what is under way ends whatever the status.
 */
public enum WalletStatus {
    PENDING_ACTIVATION,
    ACTIVE,
    FROZEN,
    CLOSED
}
