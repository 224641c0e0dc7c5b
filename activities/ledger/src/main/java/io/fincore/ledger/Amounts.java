package io.fincore.ledger;

import io.fincore.money.Money;

/** The check that commands share. */
final class Amounts {

    private Amounts() {}

    static Money requirePositive(Money amount) {
        if (amount.isZero()) {
            throw new IllegalArgumentException("a movement's amount is more than zero");
        }
        return amount;
    }
}
