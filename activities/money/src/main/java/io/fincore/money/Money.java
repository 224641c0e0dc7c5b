package io.fincore.money;

import java.math.BigDecimal;

/**
 * An amount in minor units of its currency; never negative. What leaves an account is told by the side of the posting, not by a
 * sign.
 *
 * @param minorUnits 0 to {@link #MAX_MINOR_UNITS}; 1250 with EUR is EUR 12.50, 1250 with JPY is JPY 1250
 */
public record Money(long minorUnits, Currency currency) {

    /**
     * The most that one amount may be. ISO 20022 allows 18 digits in all; this leaves room to add up nine amounts of the largest
     * size in a {@code long}.
     */
    public static final long MAX_MINOR_UNITS = 999_999_999_999_999_999L;

    public Money {
        if (minorUnits < 0 || minorUnits > MAX_MINOR_UNITS) {
            throw new IllegalArgumentException(
                    "an amount is 0 to " + MAX_MINOR_UNITS + " minor units, not " + minorUnits);
        }
    }

    public static Money of(long minorUnits, String currencyCode) {
        return new Money(minorUnits, new Currency(currencyCode));
    }

    public boolean isZero() {
        return minorUnits == 0;
    }

    /** @throws IllegalArgumentException if the currencies differ or the sum is too large */
    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, inThisCurrency(other)), currency);
    }

    /** @throws IllegalArgumentException if the currencies differ or the difference is negative */
    public Money minus(Money other) {
        return new Money(minorUnits - inThisCurrency(other), currency);
    }

    /** The amount in major units with the exponent of the currency: {@code 12.50}, as ISO 20022 messages carry it. */
    public BigDecimal toDecimal() {
        return BigDecimal.valueOf(minorUnits, currency.exponent());
    }

    /**
     * The inverse of {@link #toDecimal()}.
     *
     * @throws IllegalArgumentException if the amount has more decimals than the currency, is negative or too large
     */
    public static Money ofDecimal(BigDecimal amount, Currency currency) {
        try {
            return new Money(amount.movePointRight(currency.exponent()).longValueExact(), currency);
        } catch (ArithmeticException inexact) {
            throw new IllegalArgumentException(
                    amount.toPlainString() + " is not an amount in " + currency + ", which has " + currency.exponent()
                            + " decimals",
                    inexact);
        }
    }

    /** For people: {@code EUR 12.50}. */
    @Override
    public String toString() {
        return currency + " " + toDecimal().toPlainString();
    }

    private long inThisCurrency(Money other) {
        if (!other.currency.equals(currency)) {
            throw new IllegalArgumentException("cannot combine " + currency + " with " + other.currency);
        }
        return other.minorUnits;
    }
}
