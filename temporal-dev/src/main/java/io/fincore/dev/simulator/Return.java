package io.fincore.dev.simulator;

/**
 * The request to return a transfer, or part of it, as the bank read it.
 *
 * @param endToEndId of the return itself
 * @param originalEndToEndId of the transfer that is to come back
 * @param minorUnits the amount in minor units of the currency
 */
record Return(String endToEndId, String originalEndToEndId, long minorUnits, String currency, String reason)
        implements Order {

    @Override
    public String id() {
        return endToEndId;
    }
}
