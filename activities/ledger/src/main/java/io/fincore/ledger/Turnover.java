package io.fincore.ledger;

import io.fincore.money.Currency;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What went one way in a period. No balance and no amount is more than {@code Money} carries, but money that comes and goes adds up
 * to any sum.
 *
 * @param movements how many there were
 * @param minorUnits their sum, 0 or more
 */
public record Turnover(long movements, BigInteger minorUnits, Currency currency) {

    public Turnover {
        if (movements < 0 || minorUnits.signum() < 0) {
            throw new IllegalArgumentException("a turnover is not negative");
        }
    }

    /** The sum in major units with the exponent of the currency, as {@code Money.toDecimal()}. */
    public BigDecimal toDecimal() {
        return new BigDecimal(minorUnits, currency.exponent());
    }
}
