package io.fincore.ledger;

import io.fincore.money.IdType;

/**
 * Freeze, unfreeze or close a wallet.
 *
 * @param status {@link WalletStatus#FROZEN}, {@link WalletStatus#ACTIVE} again, or {@link WalletStatus#CLOSED} for ever
 * @param actor who wants it
 * @param reason for the record
 */
public record ChangeStatus(String walletId, WalletStatus status, String actor, String reason) {

    public ChangeStatus {
        IdType.WALLET.require(walletId);
        if (status == WalletStatus.PENDING_ACTIVATION) {
            throw new IllegalArgumentException("no wallet becomes " + status + " again");
        }
        if (actor.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("a change of status has an actor and a reason");
        }
    }
}
