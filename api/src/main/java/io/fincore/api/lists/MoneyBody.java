package io.fincore.api.lists;

import io.fincore.money.Money;

/** Money as the API writes it: minor units and currency. */
public record MoneyBody(long amount, String currency) {

    public static MoneyBody of(Money money) {
        return new MoneyBody(money.minorUnits(), money.currency().code());
    }
}
