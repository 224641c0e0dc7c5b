package io.fincore.ledger;

import io.fincore.money.IdType;

/**
 * Give back what is left of a hold, also after its deadline.
 *
 * @param operationKey see {@link Ledger}
 */
public record ReleaseHold(String operationKey, String holdId) {

    public ReleaseHold {
        OperationKey.require(operationKey);
        IdType.HOLD.require(holdId);
    }
}
