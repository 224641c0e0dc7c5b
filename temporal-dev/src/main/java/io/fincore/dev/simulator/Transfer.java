package io.fincore.dev.simulator;

/**
 * A credit transfer as the bank read it.
 *
 * @param endToEndId anybody's, not only ours: at most 35 characters
 * @param minorUnits the amount in minor units of the currency
 */
record Transfer(
        String endToEndId,
        long minorUnits,
        String currency,
        String debtorName,
        String debtorAccount,
        String creditorName,
        String creditorIban,
        String reference)
        implements Order {

    @Override
    public String id() {
        return endToEndId;
    }
}
