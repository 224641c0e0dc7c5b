package io.fincore.ledger;

import java.math.BigInteger;

/**
 * A stored sum of an account that is not the sum of what it stands for: a defect, never a state on the way.
 *
 * @param recorded as it is stored, minor units
 * @param computed from entries, open holds or settlements, minor units
 */
public record Discrepancy(long accountId, Sum sum, BigInteger recorded, BigInteger computed) {

    /** Which sum is wrong. */
    public enum Sum {
        /** The balance, against the account's entries. */
        POSTED,
        /** What is reserved, against the account's open holds. */
        HELD,
        /** What one of the account's holds says was settled of it, against its settlements. */
        SETTLED
    }
}
