package io.fincore.dev.simulator;

import io.fincore.money.Money;

/**
 * A credit transfer as the bank read it. Two messages with the same end-to-end id are the same transfer if these are equal.
 *
 * @param endToEndId anybody's, not only ours: at most 35 characters
 */
record Transfer(
        String endToEndId,
        Money amount,
        String debtorName,
        String debtorAccount,
        String creditorName,
        String creditorIban,
        String reference) {

    BankBehaviour behaviour() {
        return BankBehaviour.of(creditorIban);
    }
}
