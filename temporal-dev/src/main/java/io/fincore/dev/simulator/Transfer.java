package io.fincore.dev.simulator;

/**
 * A credit transfer as the bank read it. Two messages with the same end-to-end id are the same transfer if these are equal.
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
        String reference) {

    BankBehaviour behaviour() {
        return BankBehaviour.of(creditorIban);
    }
}
