package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReversalTest {

    private static final Currency EUR = new Currency("EUR");

    private final WorldOfWallets world = new WorldOfWallets();
    private final Ledger ledger = world.ledger;

    @Test
    void booksASettlementBackAndNamesIt() {
        Wallet wallet = world.wallet(eur(100));
        String original = world.settlement(wallet, eur(60));
        ReversalOutcome.Reversed reversed =
                (ReversalOutcome.Reversed) ledger.reverse(new Reverse("key", original, eur(60), "refund"));
        Transaction transaction =
                world.book.transaction(reversed.transactionId()).orElseThrow();
        Entry nostro = transaction.entries().getFirst();
        Entry credited = transaction.entries().getLast();
        assertThat(transaction)
                .isEqualTo(new Transaction(
                        IdType.TRANSACTION.require(reversed.transactionId()),
                        TransactionKind.REVERSAL,
                        "refund",
                        null,
                        original,
                        transaction.bookedAt(),
                        List.of(
                                new Entry(
                                        nostro.accountId(),
                                        AccountCode.NOSTRO,
                                        nostro.seq(),
                                        Side.DEBIT,
                                        eur(60),
                                        null),
                                new Entry(
                                        credited.accountId(),
                                        AccountCode.CUSTOMER_WALLET,
                                        3,
                                        Side.CREDIT,
                                        eur(60),
                                        eur(100)))));
        world.assertWallet(wallet, eur(100), eur(100));
    }

    @Test
    void neverGivesBackMoreThanTheOriginal() {
        Wallet wallet = world.wallet(eur(100));
        String original = world.settlement(wallet, eur(60));
        ledger.reverse(new Reverse("first", original, eur(25), null));
        assertThat(ledger.reverse(new Reverse("key", original, eur(36), null)))
                .isEqualTo(new ReversalOutcome.AmountAboveRemainder(eur(35)));
        assertThat(ledger.reverse(new Reverse("key", original, eur(35), null)))
                .isInstanceOf(ReversalOutcome.Reversed.class);
        assertThat(ledger.reverse(new Reverse("more", original, eur(1), null)))
                .isEqualTo(new ReversalOutcome.AmountAboveRemainder(eur(0)));
        world.assertWallet(wallet, eur(100), eur(100));
    }

    @Test
    void neverGivesBackMoreWhenManyAskAtOnce() {
        Wallet wallet = world.wallet(eur(100));
        String original = world.settlement(wallet, eur(60));
        List<ReversalOutcome> outcomes =
                AtOnce.collect(16, () -> ledger.reverse(new Reverse(world.newKey(), original, eur(7), null)));
        assertThat(outcomes)
                .filteredOn(ReversalOutcome.Reversed.class::isInstance)
                .hasSize(8);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.equals(new ReversalOutcome.AmountAboveRemainder(eur(4))))
                .hasSize(8);
        world.assertWallet(wallet, eur(96), eur(96));
    }

    @Test
    void takesADepositBackOnlyWhileTheMoneyIsThere() {
        Wallet wallet = world.wallet("EUR");
        String deposit = world.deposit(wallet, eur(100)).transactionId();
        String hold = world.hold(wallet, eur(60));
        assertThat(ledger.reverse(new Reverse("key", deposit, eur(41), null)))
                .isEqualTo(new InsufficientFunds(eur(40)));
        world.assertWallet(wallet, eur(100), eur(40));
        ledger.releaseHold(new ReleaseHold("release", hold));
        assertThat(ledger.reverse(new Reverse("key", deposit, eur(41), null)))
                .isInstanceOf(ReversalOutcome.Reversed.class);
        world.assertWallet(wallet, eur(59), eur(59));
    }

    @ParameterizedTest
    @EnumSource(WalletStatus.class)
    void givesBackWhateverTheStatusButToSuspenseOnceClosed(WalletStatus status) {
        Wallet wallet = world.wallet(eur(60));
        String original = world.settlement(wallet, eur(60));
        world.setStatus(wallet, status);
        assertThat(ledger.reverse(new Reverse("key", original, eur(60), null)))
                .isInstanceOf(ReversalOutcome.Reversed.class);
        Money back = status == WalletStatus.CLOSED ? eur(0) : eur(60);
        world.assertWallet(wallet, back, back);
        assertThat(world.book.trialBalances().getFirst().balanceOf(AccountCode.SUSPENSE))
                .isEqualTo(60 - back.minorUnits());
        assertThat(ledger.reverse(new Reverse("again", original, eur(1), null)))
                .isEqualTo(new ReversalOutcome.AmountAboveRemainder(eur(0)));
    }

    @Test
    void refusesReversalsThatCannotBe() {
        Wallet wallet = world.wallet(eur(100));
        String original = world.settlement(wallet, eur(60));
        String reversal = ((ReversalOutcome.Reversed) ledger.reverse(new Reverse("first", original, eur(10), null)))
                .transactionId();
        long rows = world.rows();
        assertThat(ledger.reverse(new Reverse("key", IdType.TRANSACTION.next(), eur(1), null)))
                .isEqualTo(new ReversalOutcome.TransactionUnknown());
        assertThat(ledger.reverse(new Reverse("key", reversal, eur(1), null)))
                .isEqualTo(new ReversalOutcome.NotReversible());
        assertThat(ledger.reverse(new Reverse("key", original, Money.of(1, "USD"), null)))
                .isEqualTo(new CurrencyMismatch(EUR));
        assertThat(world.rows()).isEqualTo(rows);
        world.assertWallet(wallet, eur(50), eur(50));
    }

    @Test
    void reversesOnceUnderOneKey() {
        Wallet wallet = world.wallet(eur(100));
        String original = world.settlement(wallet, eur(60));
        Reverse command = new Reverse("key", original, eur(60), "refund");
        List<ReversalOutcome> outcomes = AtOnce.collect(20, () -> ledger.reverse(command));
        assertThat(outcomes.stream().distinct()).hasSize(1).hasOnlyElementsOfType(ReversalOutcome.Reversed.class);
        assertThat(ledger.reverse(command)).isEqualTo(outcomes.getFirst());
        assertThat(ledger.reverse(new Reverse("key", original, eur(59), "refund")))
                .isEqualTo(new OperationKeyReused());
        assertThat(ledger.reverse(new Reverse("key", IdType.TRANSACTION.next(), eur(60), "refund")))
                .isEqualTo(new OperationKeyReused());
        world.assertWallet(wallet, eur(100), eur(100));
    }

    private static Money eur(long minorUnits) {
        return new Money(minorUnits, EUR);
    }
}
