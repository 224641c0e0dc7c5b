package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Withdrawals and transfers. */
class ClientMovementsTest {

    private final WorldOfWallets world = new WorldOfWallets();
    private final Wallets wallets = world.wallets;

    @Test
    void withdrawsWhatIsAvailableAndNotOneCentMore() {
        Wallet wallet = world.wallet(eur(1_000));
        world.hold(wallet, eur(300));

        assertThat(wallets.withdraw(withdrawal("a", wallet, 701))).isEqualTo(new InsufficientFunds(eur(700)));
        assertThat(wallets.withdraw(withdrawal("a", wallet, 700)))
                .isInstanceOfSatisfying(WithdrawalOutcome.Withdrawn.class, done -> {
                    assertThat(done.balanceBefore()).isEqualTo(eur(1_000));
                    assertThat(done.balanceAfter()).isEqualTo(eur(300));
                    assertThat(world.book.transaction(done.transactionId()).orElseThrow())
                            .returns(TransactionKind.WITHDRAWAL, Transaction::kind)
                            .returns(done.bookedAt(), Transaction::bookedAt);
                });
        world.assertWallet(wallet, eur(300), eur(0));
    }

    @Test
    void withdrawsOnceUnderOneKey() {
        Wallet wallet = world.wallet(eur(1_000));
        List<WithdrawalOutcome> answers = AtOnce.collect(20, () -> wallets.withdraw(withdrawal("key", wallet, 600)));

        assertThat(answers).containsOnly(answers.getFirst());
        assertThat(wallets.withdraw(withdrawal("key", wallet, 599))).isEqualTo(new OperationKeyReused());
        world.assertWallet(wallet, eur(400), eur(400));
    }

    @ParameterizedTest
    @CsvSource({"JPY, 1250", "EUR, 1250", "KWD, 1250"})
    void transfersInMinorUnitsOfEveryExponent(String currency, long amount) {
        Wallet source = world.wallet(Money.of(amount, currency));
        Wallet destination = world.wallet(currency);

        TransferOutcome outcome = wallets.transfer(new Transfer(
                "key", source.id(), destination.id(), Money.of(amount, currency), "rent", Map.of("flat", "3")));

        assertThat(outcome).isInstanceOfSatisfying(TransferOutcome.Transferred.class, done -> {
            assertThat(done.sourceBefore()).isEqualTo(Money.of(amount, currency));
            assertThat(done.sourceAfter()).isEqualTo(Money.of(0, currency));
            assertThat(done.destinationBefore()).isEqualTo(Money.of(0, currency));
            assertThat(done.destinationAfter()).isEqualTo(Money.of(amount, currency));
        });
        world.assertWallet(source, Money.of(0, currency), Money.of(0, currency));
        world.assertWallet(destination, Money.of(amount, currency), Money.of(amount, currency));
    }

    @Test
    void transfersOnceUnderOneKeyAndTellsBothBalancesAgain() {
        Wallet source = world.wallet(eur(1_000));
        Wallet destination = world.wallet(eur(50));
        List<TransferOutcome> answers =
                AtOnce.collect(20, () -> wallets.transfer(transfer("key", source, destination, 600)));

        assertThat(answers).containsOnly(answers.getFirst());
        assertThat(wallets.transfer(transfer("key", destination, source, 600))).isEqualTo(new OperationKeyReused());
        world.assertWallet(source, eur(400), eur(400));
        world.assertWallet(destination, eur(650), eur(650));
    }

    @Test
    void transfersInBothDirectionsAtOnceWithoutADeadlock() {
        Wallet one = world.wallet(eur(10_000));
        Wallet other = world.wallet(eur(10_000));

        List<TransferOutcome> outcomes = AtOnce.collect(16, number -> {
            TransferOutcome last = new TransferOutcome.DestinationUnknown();
            for (int i = 0; i < 25; i++) {
                last = number % 2 == 0
                        ? wallets.transfer(transfer(world.newKey(), one, other, 3))
                        : wallets.transfer(transfer(world.newKey(), other, one, 3));
            }
            return last;
        });

        assertThat(outcomes).hasOnlyElementsOfType(TransferOutcome.Transferred.class);
        world.assertWallet(one, eur(10_000), eur(10_000));
        world.assertWallet(other, eur(10_000), eur(10_000));
    }

    @Test
    void refusesTransfersThatCannotBe() {
        Wallet source = world.wallet(eur(100));
        Wallet dollars = world.wallet("USD");
        Wallet full = world.wallet(eur(Money.MAX_MINOR_UNITS));
        Wallet frozen = world.wallet(eur(100));
        world.setStatus(frozen, WalletStatus.FROZEN);
        long rows = world.rows();

        assertThat(wallets.transfer(transfer("a", source, frozen, 1)))
                .isEqualTo(new TransferOutcome.DestinationNotActive(WalletStatus.FROZEN));
        assertThat(wallets.transfer(transfer("a", frozen, source, 1)))
                .isEqualTo(new WalletNotActive(WalletStatus.FROZEN));
        assertThat(wallets.transfer(transfer("a", source, dollars, 1)))
                .isEqualTo(new TransferOutcome.DestinationCurrencyMismatch(dollars.currency()));
        assertThat(wallets.transfer(transfer("a", dollars, source, 1)))
                .isEqualTo(new CurrencyMismatch(dollars.currency()));
        assertThat(wallets.transfer(transfer("a", source, full, 1)))
                .isEqualTo(new TransferOutcome.DestinationBalanceTooLarge(eur(Money.MAX_MINOR_UNITS)));
        assertThat(wallets.transfer(transfer("a", source, full, 101))).isEqualTo(new InsufficientFunds(eur(100)));
        assertThat(wallets.transfer(new Transfer("a", source.id(), IdType.WALLET.next(), eur(1), null, Map.of())))
                .isEqualTo(new TransferOutcome.DestinationUnknown());
        assertThat(wallets.transfer(new Transfer("a", IdType.WALLET.next(), source.id(), eur(1), null, Map.of())))
                .isEqualTo(new WalletUnknown());
        assertThatThrownBy(() -> transfer("a", source, source, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(world.rows()).isEqualTo(rows);
    }

    @Test
    void bookedBackATransferGoesTheOtherWayAsFarAsTheMoneyIsThere() {
        Wallet source = world.wallet(eur(100));
        Wallet destination = world.wallet("EUR");
        String original = ((TransferOutcome.Transferred) wallets.transfer(transfer("a", source, destination, 100)))
                .transactionId();
        wallets.withdraw(withdrawal("b", destination, 40));

        assertThat(world.ledger.reverse(new Reverse("c", original, eur(61), null)))
                .isEqualTo(new InsufficientFunds(eur(60)));
        assertThat(world.ledger.reverse(new Reverse("c", original, eur(60), null)))
                .isInstanceOf(ReversalOutcome.Reversed.class);
        assertThat(world.ledger.reverse(new Reverse("d", original, eur(41), null)))
                .isEqualTo(new ReversalOutcome.AmountAboveRemainder(eur(40)));
        world.assertWallet(source, eur(60), eur(60));
        world.assertWallet(destination, eur(0), eur(0));
    }

    @Test
    void bookedBackAWithdrawalComesHomeOrToSuspense() {
        Wallet wallet = world.wallet(eur(100));
        String original =
                ((WithdrawalOutcome.Withdrawn) wallets.withdraw(withdrawal("a", wallet, 100))).transactionId();

        world.ledger.reverse(new Reverse("b", original, eur(30), null));
        world.assertWallet(wallet, eur(30), eur(30));
        wallets.withdraw(withdrawal("c", wallet, 30));
        assertThat(wallets.change(new ChangeStatus(wallet.id(), WalletStatus.CLOSED, "olga", "moved")))
                .isEqualTo(new StatusOutcome.Changed(WalletStatus.ACTIVE));
        world.ledger.reverse(new Reverse("d", original, eur(70), null));

        world.assertWallet(wallet, eur(0), eur(0));
        assertThat(world.book.trialBalances().getFirst().balanceOf(AccountCode.SUSPENSE))
                .isEqualTo(70);
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE, FROZEN, true",
        "FROZEN, ACTIVE, true",
        "ACTIVE, CLOSED, true",
        "FROZEN, CLOSED, true",
        "PENDING_ACTIVATION, CLOSED, true",
        "PENDING_ACTIVATION, ACTIVE, false",
        "PENDING_ACTIVATION, FROZEN, false",
        "CLOSED, ACTIVE, false",
        "CLOSED, FROZEN, false",
        "ACTIVE, ACTIVE, true",
        "CLOSED, CLOSED, true"
    })
    void changesTheStatusOnTheseWaysOnly(WalletStatus from, WalletStatus to, boolean leads) {
        Wallet wallet = world.wallet("EUR");
        world.setStatus(wallet, from);

        StatusOutcome outcome = wallets.change(new ChangeStatus(wallet.id(), to, "olga", "asked by phone"));

        assertThat(outcome).isEqualTo(leads ? new StatusOutcome.Changed(from) : new StatusOutcome.Refused(from));
        assertThat(world.reread(wallet).status()).isEqualTo(leads ? to : from);
        assertThat(history(wallet))
                .isEqualTo(
                        leads && from != to ? (from + " " + to + " olga asked by phone").toLowerCase(Locale.ROOT) : "");
    }

    @Test
    void closesOnlyWhatIsEmpty() {
        Wallet wallet = world.wallet(eur(1));
        ChangeStatus close = new ChangeStatus(wallet.id(), WalletStatus.CLOSED, "olga", "asked");

        assertThat(wallets.change(close)).isEqualTo(new StatusOutcome.NotEmpty(eur(1)));
        wallets.withdraw(withdrawal("a", wallet, 1));
        assertThat(wallets.change(close)).isEqualTo(new StatusOutcome.Changed(WalletStatus.ACTIVE));
    }

    @ParameterizedTest
    @EnumSource(value = WalletStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void withdrawsOnlyFromWhatIsActive(WalletStatus status) {
        Wallet wallet = world.wallet(eur(1));
        world.setStatus(wallet, status);

        assertThat(wallets.withdraw(withdrawal("a", wallet, 1))).isEqualTo(new WalletNotActive(status));
    }

    private String history(Wallet wallet) {
        return world.superuser.sql("""
                        SELECT coalesce(string_agg(concat_ws(' ', from_status, to_status, actor, reason), '; ' ORDER BY number), '')
                          FROM ledger.wallet_history WHERE wallet_id = ?""").param(wallet.id()).query(String.class).single();
    }

    private static Withdrawal withdrawal(String key, Wallet wallet, long amount) {
        return new Withdrawal(key, wallet.id(), eur(amount), null, Map.of());
    }

    private static Transfer transfer(String key, Wallet source, Wallet destination, long amount) {
        return new Transfer(key, source.id(), destination.id(), eur(amount), null, Map.of());
    }

    private static Money eur(long minorUnits) {
        return Money.of(minorUnits, "EUR");
    }
}
