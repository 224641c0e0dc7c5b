package io.fincore.ledger;

import io.fincore.money.IdType;

/**
 * Give a whole hold back.
 *
 * @param operationKey see {@link Ledger}
 */
public record ReleaseHold(String operationKey, String holdId) {

    public ReleaseHold {
        OperationKey.require(operationKey);
        IdType.HOLD.require(holdId);
    }
}
