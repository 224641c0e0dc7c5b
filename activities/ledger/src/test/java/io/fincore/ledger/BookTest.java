package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BookTest {

    private final WorldOfWallets world = new WorldOfWallets();

    @Test
    void isEmptyAtFirst() {
        assertThat(world.book.trialBalances()).isEmpty();
        assertThat(world.book.openHolds()).isEmpty();
        assertThat(world.book.discrepancies()).isEmpty();
        assertThat(world.book.clearing(new Currency("EUR"))).isZero();
        assertThat(world.book.transaction(IdType.TRANSACTION.next())).isEmpty();
    }

    @Test
    void sumsEachCurrencyApartOnTheNormalSides() {
        world.settlement(world.wallet(Money.of(100, "EUR")), Money.of(30, "EUR"));
        world.wallet(Money.of(7, "JPY"));
        assertThat(world.book.trialBalances())
                .containsExactly(
                        new TrialBalance(
                                new Currency("EUR"),
                                BigInteger.valueOf(130),
                                BigInteger.valueOf(130),
                                Map.of(
                                        AccountCode.NOSTRO,
                                        BigInteger.valueOf(70),
                                        AccountCode.CUSTOMER_WALLET,
                                        BigInteger.valueOf(70))),
                        new TrialBalance(
                                new Currency("JPY"),
                                BigInteger.valueOf(7),
                                BigInteger.valueOf(7),
                                Map.of(
                                        AccountCode.NOSTRO,
                                        BigInteger.valueOf(7),
                                        AccountCode.CUSTOMER_WALLET,
                                        BigInteger.valueOf(7))));
        assertThat(world.book.clearing(new Currency("EUR"))).isZero();
    }

    @Test
    void findsStoredSumsThatAreWrong() {
        world.hold(world.wallet(Money.of(100, "EUR")), Money.of(30, "EUR"));
        world.superuser
                .sql("UPDATE ledger.account_balance SET posted = 101, held = 29 WHERE guarded")
                .update();
        long account = world.superuser
                .sql("SELECT account_id FROM ledger.account_balance WHERE guarded")
                .query(Long.class)
                .single();
        assertThat(world.book.discrepancies())
                .containsExactly(
                        new Discrepancy(account, Discrepancy.Sum.HELD, BigInteger.valueOf(29), BigInteger.valueOf(30)),
                        new Discrepancy(
                                account, Discrepancy.Sum.POSTED, BigInteger.valueOf(101), BigInteger.valueOf(100)));
    }

    @Test
    void findsAHoldThatSaysOtherwiseThanItsSettlements() {
        Wallet wallet = world.wallet(Money.of(100, "EUR"));
        String hold = world.hold(wallet, Money.of(30, "EUR"));
        world.settlePart(hold, Money.of(10, "EUR"));
        assertThat(world.book.discrepancies()).isEmpty();
        world.superuser.sql("UPDATE ledger.hold SET settled_amount = 11").update();
        long account = world.superuser
                .sql("SELECT account_id FROM ledger.hold")
                .query(Long.class)
                .single();
        assertThat(world.book.discrepancies())
                .containsExactly(
                        new Discrepancy(account, Discrepancy.Sum.HELD, BigInteger.valueOf(20), BigInteger.valueOf(19)),
                        new Discrepancy(
                                account, Discrepancy.Sum.SETTLED, BigInteger.valueOf(11), BigInteger.valueOf(10)));
    }
}
