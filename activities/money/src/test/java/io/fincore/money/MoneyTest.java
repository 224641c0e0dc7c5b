package io.fincore.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MoneyTest {

    @Test
    void readsMinorUnitsByTheExponentOfTheCurrency() {
        assertThat(Money.of(1250, "EUR")).hasToString("EUR 12.50");
        assertThat(Money.of(1250, "JPY")).hasToString("JPY 1250");
        assertThat(Money.of(1250, "KWD")).hasToString("KWD 1.250");
    }

    @Test
    void survivesTheTripThroughADecimal() {
        for (String code : new String[] {"EUR", "JPY", "KWD"}) {
            Money money = Money.of(Money.MAX_MINOR_UNITS, code);
            assertThat(Money.ofDecimal(money.toDecimal(), money.currency())).isEqualTo(money);
        }
    }

    @Test
    void refusesADecimalFinerThanTheMinorUnit() {
        assertThatThrownBy(() -> Money.ofDecimal(new BigDecimal("0.001"), new Currency("EUR")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0.001 is not an amount in EUR, which has 2 decimals");
    }

    @Test
    void refusesNegativeAndHugeAmounts() {
        assertThatThrownBy(() -> Money.of(-1, "EUR")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.of(Money.MAX_MINOR_UNITS + 1, "EUR"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.of(1, "EUR").minus(Money.of(2, "EUR")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverMixesCurrencies() {
        assertThatThrownBy(() -> Money.of(1, "EUR").plus(Money.of(1, "USD")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot combine EUR with USD");
    }

    @Test
    void knowsRealCurrenciesOnly() {
        assertThat(Currency.isKnown("EUR")).isTrue();
        assertThat(Currency.isKnown("eur")).isFalse();
        assertThat(Currency.isKnown("XXX")).isFalse();
        assertThat(Currency.isKnown("EURO")).isFalse();
    }
}
