package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.money.Money;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionTest {

    @Test
    void balancesInEachCurrencyOrCannotExist() {
        assertThat(transaction(
                                entry(Side.DEBIT, 5, "EUR"),
                                entry(Side.CREDIT, 3, "EUR"),
                                entry(Side.CREDIT, 2, "EUR"),
                                entry(Side.DEBIT, 7, "JPY"),
                                entry(Side.CREDIT, 7, "JPY"))
                        .entries())
                .hasSize(5);
        assertThatThrownBy(() -> transaction(entry(Side.DEBIT, 5, "EUR"), entry(Side.CREDIT, 4, "EUR")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not balance");
        assertThatThrownBy(() -> transaction(entry(Side.DEBIT, 5, "EUR"), entry(Side.CREDIT, 5, "JPY")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not balance");
        assertThatThrownBy(() -> transaction(entry(Side.DEBIT, 0, "EUR")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fewer than two entries");
    }

    private static Transaction transaction(Entry... entries) {
        return new Transaction("txn", TransactionKind.DEPOSIT, null, null, null, Instant.EPOCH, List.of(entries));
    }

    private static Entry entry(Side side, long minorUnits, String currency) {
        return new Entry(1, AccountCode.NOSTRO, 1, side, Money.of(minorUnits, currency), null);
    }
}
