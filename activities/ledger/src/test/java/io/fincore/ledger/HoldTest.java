package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoldTest {

    private static final Currency EUR = new Currency("EUR");

    private final WorldOfWallets world = new WorldOfWallets();
    private final Ledger ledger = world.ledger;

    @Test
    void reservesWithoutBooking() {
        Wallet wallet = world.wallet(eur(100));
        String holdId = IdType.HOLD.next();
        assertThat(ledger.placeHold(new PlaceHold("key", holdId, wallet.id(), eur(60))))
                .isEqualTo(new HoldOutcome.Held(holdId, eur(40)));
        world.assertWallet(wallet, eur(100), eur(40));
    }

    @Test
    void reservesTheLastCentAndNotOneMore() {
        Wallet wallet = world.wallet(eur(100));
        world.hold(wallet, eur(60));
        long rows = world.rows();
        PlaceHold tooMuch = new PlaceHold("key", IdType.HOLD.next(), wallet.id(), eur(41));
        assertThat(ledger.placeHold(tooMuch)).isEqualTo(new InsufficientFunds(eur(40)));
        assertThat(world.rows()).isEqualTo(rows);
        world.hold(wallet, eur(40));
        world.assertWallet(wallet, eur(100), eur(0));
        world.deposit(wallet, eur(41));
        assertThat(ledger.placeHold(tooMuch))
                .as("a refusal for want of money is judged anew")
                .isEqualTo(new HoldOutcome.Held(tooMuch.holdId(), eur(0)));
    }

    @Test
    void refusesHoldsThatCannotBe() {
        Wallet wallet = world.wallet(eur(100));
        long rows = world.rows();
        assertThat(ledger.placeHold(new PlaceHold("key", IdType.HOLD.next(), IdType.WALLET.next(), eur(1))))
                .isEqualTo(new WalletUnknown());
        assertThat(ledger.placeHold(new PlaceHold("key", IdType.HOLD.next(), wallet.id(), Money.of(1, "JPY"))))
                .isEqualTo(new CurrencyMismatch(EUR));
        assertThat(world.rows()).isEqualTo(rows);
        assertThatThrownBy(() -> new PlaceHold("key", IdType.HOLD.next(), wallet.id(), eur(0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PlaceHold(" ", IdType.HOLD.next(), wallet.id(), eur(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = WalletStatus.class,
            names = {"ACTIVE"},
            mode = EnumSource.Mode.EXCLUDE)
    void reservesOnlyOfActiveWalletsButEndsWhatIsUnderWay(WalletStatus status) {
        Wallet wallet = world.wallet(eur(100));
        String settled = world.hold(wallet, eur(10));
        String released = world.hold(wallet, eur(20));
        world.setStatus(wallet, status);
        assertThat(ledger.placeHold(new PlaceHold("key", IdType.HOLD.next(), wallet.id(), eur(1))))
                .isEqualTo(new WalletNotActive(status));
        assertThat(ledger.settleHold(new SettleHold("settle", settled, eur(10), null)))
                .isInstanceOf(SettleOutcome.Settled.class);
        assertThat(ledger.releaseHold(new ReleaseHold("release", released))).isEqualTo(new ReleaseOutcome.Released());
        world.assertWallet(wallet, eur(90), eur(90));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "JPY", "KWD"})
    void settlesWholeByPayingFromTheNostro(String currency) {
        Wallet wallet = world.wallet(Money.of(1000, currency));
        String hold = world.hold(wallet, Money.of(300, currency));
        Money amount = Money.of(300, currency);
        SettleOutcome.Settled settled =
                (SettleOutcome.Settled) ledger.settleHold(new SettleHold("key", hold, amount, "INV-1"));
        Transaction transaction =
                world.book.transaction(settled.transactionId()).orElseThrow();
        Entry debited = transaction.entries().getFirst();
        Entry nostro = transaction.entries().getLast();
        assertThat(transaction)
                .isEqualTo(new Transaction(
                        IdType.TRANSACTION.require(settled.transactionId()),
                        TransactionKind.SETTLEMENT,
                        "INV-1",
                        hold,
                        null,
                        transaction.bookedAt(),
                        List.of(
                                new Entry(
                                        debited.accountId(),
                                        AccountCode.CUSTOMER_WALLET,
                                        2,
                                        Side.DEBIT,
                                        amount,
                                        Money.of(700, currency)),
                                new Entry(
                                        nostro.accountId(),
                                        AccountCode.NOSTRO,
                                        nostro.seq(),
                                        Side.CREDIT,
                                        amount,
                                        null))));
        assertThat(world.book.openHolds()).isEmpty();
        world.assertWallet(wallet, Money.of(700, currency), Money.of(700, currency));
    }

    @Test
    void settlesAPartAndGivesTheRestBack() {
        Wallet wallet = world.wallet(eur(100));
        String hold = world.hold(wallet, eur(60));
        assertThat(ledger.settleHold(new SettleHold("key", hold, eur(61), null)))
                .isEqualTo(new SettleOutcome.AmountAboveHold(eur(60)));
        world.assertWallet(wallet, eur(100), eur(40));
        assertThat(ledger.settleHold(new SettleHold("key", hold, eur(25), null)))
                .isInstanceOf(SettleOutcome.Settled.class);
        assertThat(world.book.openHolds()).isEmpty();
        world.assertWallet(wallet, eur(75), eur(75));
    }

    @Test
    void releasesTheWholeHoldWithoutBooking() {
        Wallet wallet = world.wallet(eur(100));
        String hold = world.hold(wallet, eur(60));
        assertThat(ledger.releaseHold(new ReleaseHold("key", hold))).isEqualTo(new ReleaseOutcome.Released());
        assertThat(world.book.openHolds()).isEmpty();
        world.assertWallet(wallet, eur(100), eur(100));
    }

    @Test
    void resolvesEachHoldOnce() {
        Wallet wallet = world.wallet(eur(100));
        String settled = world.hold(wallet, eur(10));
        String released = world.hold(wallet, eur(10));
        ledger.settleHold(new SettleHold("settle", settled, eur(10), null));
        ledger.releaseHold(new ReleaseHold("release", released));
        long rows = world.rows();
        for (String hold : List.of(settled, released)) {
            HoldResolved resolved = new HoldResolved(hold.equals(settled) ? HoldStatus.SETTLED : HoldStatus.RELEASED);
            assertThat(ledger.settleHold(new SettleHold("again", hold, eur(10), null)))
                    .isEqualTo(resolved);
            assertThat(ledger.releaseHold(new ReleaseHold("again", hold))).isEqualTo(resolved);
        }
        assertThat(world.rows()).isEqualTo(rows);
        world.assertWallet(wallet, eur(90), eur(90));
    }

    @Test
    void refusesToResolveWhatIsNotThere() {
        Wallet wallet = world.wallet(eur(100));
        String hold = world.hold(wallet, eur(10));
        long rows = world.rows();
        assertThat(ledger.settleHold(new SettleHold("key", IdType.HOLD.next(), eur(1), null)))
                .isEqualTo(new HoldUnknown());
        assertThat(ledger.releaseHold(new ReleaseHold("key", IdType.HOLD.next())))
                .isEqualTo(new HoldUnknown());
        assertThat(ledger.settleHold(new SettleHold("key", hold, Money.of(10, "USD"), null)))
                .isEqualTo(new CurrencyMismatch(EUR));
        assertThat(world.rows()).isEqualTo(rows);
        world.assertWallet(wallet, eur(100), eur(90));
    }

    @Test
    void answersARepeatedCommandAsTheFirstTime() {
        Wallet wallet = world.wallet(eur(100));
        PlaceHold place = new PlaceHold("place", IdType.HOLD.next(), wallet.id(), eur(60));
        HoldOutcome held = ledger.placeHold(place);
        PlaceHold withAnotherId = new PlaceHold("place", IdType.HOLD.next(), wallet.id(), eur(60));
        assertThat(ledger.placeHold(withAnotherId))
                .as("the proposed id is no part of the content")
                .isEqualTo(held);

        SettleHold settle = new SettleHold("settle", place.holdId(), eur(25), "INV-1");
        SettleOutcome settled = ledger.settleHold(settle);
        assertThat(ledger.settleHold(settle)).isEqualTo(settled);
        assertThat(ledger.placeHold(place)).as("also after its resolution").isEqualTo(held);

        ReleaseHold release = new ReleaseHold("release", world.hold(wallet, eur(1)));
        ledger.releaseHold(release);
        assertThat(ledger.releaseHold(release)).isEqualTo(new ReleaseOutcome.Released());
        world.assertWallet(wallet, eur(75), eur(75));
    }

    @Test
    void refusesOtherContentUnderAUsedKey() {
        Wallet wallet = world.wallet(eur(100));
        Wallet other = world.wallet(eur(100));
        PlaceHold place = new PlaceHold("key", IdType.HOLD.next(), wallet.id(), eur(60));
        ledger.placeHold(place);
        long rows = world.rows();
        for (PlaceHold changed : List.of(
                new PlaceHold("key", place.holdId(), wallet.id(), eur(61)),
                new PlaceHold("key", place.holdId(), other.id(), eur(60)),
                new PlaceHold("key", place.holdId(), wallet.id(), Money.of(60, "USD")))) {
            assertThat(ledger.placeHold(changed)).as("%s", changed).isEqualTo(new OperationKeyReused());
        }
        assertThat(ledger.settleHold(new SettleHold("key", place.holdId(), eur(60), null)))
                .as("keys are shared by all operations")
                .isEqualTo(new OperationKeyReused());
        assertThat(ledger.releaseHold(new ReleaseHold("key", place.holdId()))).isEqualTo(new OperationKeyReused());
        assertThat(world.rows()).isEqualTo(rows);

        ledger.settleHold(new SettleHold("settle", place.holdId(), eur(60), "INV-1"));
        for (SettleHold changed : List.of(
                new SettleHold("settle", place.holdId(), eur(59), "INV-1"),
                new SettleHold("settle", place.holdId(), eur(60), "INV-2"),
                new SettleHold("settle", place.holdId(), eur(60), null))) {
            assertThat(ledger.settleHold(changed)).as("%s", changed).isEqualTo(new OperationKeyReused());
        }
        world.assertWallet(wallet, eur(40), eur(40));
        world.assertWallet(other, eur(100), eur(100));
    }

    @Test
    void repeatedByTwentyAtOnceHasOneEffect() {
        Wallet wallet = world.wallet(eur(100));
        // Enough for one hold only: a duplicate that came late must find the first answer, not an empty wallet.
        List<HoldOutcome> held = AtOnce.collect(
                20, () -> ledger.placeHold(new PlaceHold("place", IdType.HOLD.next(), wallet.id(), eur(100))));
        assertThat(held.stream().distinct()).hasSize(1);
        String hold = ((HoldOutcome.Held) held.getFirst()).holdId();
        world.assertWallet(wallet, eur(100), eur(0));

        assertThat(AtOnce.collect(20, () -> ledger.settleHold(new SettleHold("settle", hold, eur(70), null))).stream()
                        .distinct())
                .hasSize(1)
                .hasOnlyElementsOfType(SettleOutcome.Settled.class);
        world.assertWallet(wallet, eur(30), eur(30));

        String toRelease = world.hold(wallet, eur(30));
        assertThat(AtOnce.collect(20, () -> ledger.releaseHold(new ReleaseHold("release", toRelease))))
                .containsOnly(new ReleaseOutcome.Released());
        world.assertWallet(wallet, eur(30), eur(30));
    }

    @Test
    void settledAndReleasedAtOnceIsOneOfBoth() {
        Wallet wallet = world.wallet(eur(100));
        for (int round = 0; round < 10; round++) {
            String hold = world.hold(wallet, eur(1));
            List<Object> outcomes = AtOnce.collect(8, number -> {
                if (number % 2 == 0) {
                    return ledger.settleHold(new SettleHold(world.newKey(), hold, eur(1), null));
                }
                return ledger.releaseHold(new ReleaseHold(world.newKey(), hold));
            });
            assertThat(outcomes).filteredOn(HoldResolved.class::isInstance).hasSize(7);
        }
        assertThat(world.book.openHolds()).isEmpty();
        world.assertSound();
    }

    private static Money eur(long minorUnits) {
        return new Money(minorUnits, EUR);
    }
}
