package io.fincore.money;

import org.joda.money.CurrencyUnit;
import org.joda.money.IllegalCurrencyException;

/**
 * An ISO 4217 currency.
 *
 * @param code three capital letters, known to the currency data of joda-money; else {@link IllegalArgumentException}
 */
public record Currency(String code) {

    public Currency {
        if (!isKnown(code)) {
            throw new IllegalArgumentException("'" + code + "' is not an ISO 4217 currency code");
        }
    }

    /** Whether the code names a currency that has minor units; XXX, XAU and their like have none. */
    public static boolean isKnown(String code) {
        try {
            return code.length() == 3 && !CurrencyUnit.of(code).isPseudoCurrency();
        } catch (IllegalCurrencyException unknown) {
            return false;
        }
    }

    /** How many decimal digits the minor unit stands for: EUR 2, JPY 0, KWD 3. */
    public int exponent() {
        return CurrencyUnit.of(code).getDecimalPlaces();
    }

    @Override
    public String toString() {
        return code;
    }
}
