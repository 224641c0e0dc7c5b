package io.fincore.decision;

/**
 * What a source has asked for within the window, the payment in question included.
 *
 * @param paymentCount in any currency
 * @param amountSumMinorUnits in the payment's currency
 */
record Velocity(long paymentCount, long amountSumMinorUnits) {

    /** Stays at the largest value instead of overflowing: a sum that large is above every limit. */
    Velocity plus(long amountMinorUnits) {
        long sum = amountSumMinorUnits + amountMinorUnits;
        return new Velocity(paymentCount + 1, sum < 0 ? Long.MAX_VALUE : sum);
    }
}
