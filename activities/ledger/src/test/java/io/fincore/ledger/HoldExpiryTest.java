package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A client's authorisation ends at its deadline, whoever notices first. */
class HoldExpiryTest {

    private static final Currency EUR = new Currency("EUR");

    private final WorldOfWallets world = new WorldOfWallets();
    private final Ledger ledger = world.ledger;
    private final Wallet wallet = world.wallet(eur(100));
    private final Instant inAnHour = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MICROS);

    @Test
    void isLikeAnyOtherBeforeItsDeadline() {
        String hold = world.hold(wallet, eur(60), inAnHour);
        assertThat(world.wallets.balance(wallet.id()).orElseThrow().pendingHolds())
                .singleElement()
                .extracting(PendingHold::holdId, PendingHold::expiresAt)
                .containsExactly(hold, inAnHour);
        assertThat(world.expiredHolds.release(10)).isEmpty();
        assertThat(world.settlePart(hold, eur(25))).isInstanceOf(SettleOutcome.Settled.class);
        assertThat(ledger.settleHold(new SettleHold("last", hold, eur(35), null)))
                .isInstanceOf(SettleOutcome.Settled.class);
        assertThat(world.holdRow(hold)).isEqualTo(new WorldOfWallets.HoldRow(HoldStatus.SETTLED, 60, false));
        world.assertWallet(wallet, eur(40), eur(40));
    }

    @Test
    void cannotBeSettledAfterItsDeadlineThoughNobodyHasReleasedIt() {
        String hold = world.hold(wallet, eur(60), inAnHour);
        world.expire(hold);
        long rows = world.rows();
        assertThat(ledger.settleHold(new SettleHold("key", hold, eur(60), null)))
                .isEqualTo(new HoldExpired());
        assertThat(world.settlePart(hold, eur(1))).isEqualTo(new HoldExpired());
        assertThat(world.rows()).isEqualTo(rows);
        assertThat(world.expiredHolds.overdue()).isOne();
        assertThat(world.book.openHolds()).extracting(PendingHold::holdId).containsExactly(hold);
        world.assertWallet(wallet, eur(100), eur(40));
        assertThat(ledger.placeHold(new PlaceHold("other", IdType.HOLD.next(), wallet.id(), eur(41))))
                .as("what it holds is promised to nobody else before it is released")
                .isEqualTo(new InsufficientFunds(eur(40)));
    }

    @Test
    void isGivenBackOnceByTheJobAndAnswersAsBefore() {
        String hold = world.hold(wallet, eur(60), inAnHour);
        world.expire(hold);
        assertThat(world.expiredHolds.release(10)).containsExactly(hold);
        assertThat(world.holdRow(hold)).isEqualTo(new WorldOfWallets.HoldRow(HoldStatus.RELEASED, 0, true));
        assertThat(world.expiredHolds.overdue()).isZero();
        world.assertWallet(wallet, eur(100), eur(100));

        assertThat(world.expiredHolds.release(10)).isEmpty();
        assertThat(ledger.settleHold(new SettleHold("key", hold, eur(60), null)))
                .isEqualTo(new HoldExpired());
        assertThat(ledger.keepHold(hold)).isEqualTo(new HoldExpired());
        assertThat(ledger.releaseHold(new ReleaseHold("key", hold))).isEqualTo(new HoldResolved(HoldStatus.RELEASED));
        world.assertWallet(wallet, eur(100), eur(100));
    }

    @Test
    void canStillBeReleasedByWhoPlacedIt() {
        String hold = world.hold(wallet, eur(60), inAnHour);
        world.expire(hold);
        assertThat(ledger.releaseHold(new ReleaseHold("key", hold))).isEqualTo(new ReleaseOutcome.Released());
        assertThat(world.expiredHolds.release(10)).isEmpty();
        assertThat(world.holdRow(hold)).isEqualTo(new WorldOfWallets.HoldRow(HoldStatus.RELEASED, 0, false));
        assertThat(ledger.settleHold(new SettleHold("settle", hold, eur(60), null)))
                .isEqualTo(new HoldResolved(HoldStatus.RELEASED));
        world.assertWallet(wallet, eur(100), eur(100));
    }

    @Test
    void keepsThePartsThatWereSettledInTime() {
        String hold = world.hold(wallet, eur(60), inAnHour);
        world.settlePart(hold, eur(25));
        world.expire(hold);
        Instant overdue = world.now();
        assertThat(world.expiredHolds.release(10)).containsExactly(hold);
        assertThat(world.holdRow(hold)).isEqualTo(new WorldOfWallets.HoldRow(HoldStatus.SETTLED, 25, true));
        assertThat(world.wallets.balanceAt(wallet.id(), overdue).orElseThrow().available())
                .as("held until it was released")
                .isEqualTo(eur(40));
        assertThat(world.wallets
                        .balanceAt(wallet.id(), world.now())
                        .orElseThrow()
                        .available())
                .isEqualTo(eur(75));
        world.assertWallet(wallet, eur(75), eur(75));
    }

    @Test
    void isKeptForEverWhileThereIsTime() {
        String hold = world.hold(wallet, eur(60), inAnHour);
        assertThat(ledger.keepHold(hold)).isEqualTo(new KeepOutcome.Kept());
        assertThat(ledger.keepHold(hold)).as("again").isEqualTo(new KeepOutcome.Kept());
        assertThat(world.book.openHolds()).extracting(PendingHold::expiresAt).containsOnlyNulls();
        assertThat(ledger.settleHold(new SettleHold("key", hold, eur(60), null)))
                .isInstanceOf(SettleOutcome.Settled.class);
        assertThat(ledger.keepHold(hold)).isEqualTo(new HoldResolved(HoldStatus.SETTLED));
        world.assertWallet(wallet, eur(40), eur(40));
    }

    @Test
    void isNotKeptOnceItHasExpired() {
        String hold = world.hold(wallet, eur(60), inAnHour);
        world.expire(hold);
        assertThat(ledger.keepHold(hold)).isEqualTo(new HoldExpired());
        assertThat(ledger.keepHold(IdType.HOLD.next())).isEqualTo(new HoldUnknown());
        assertThat(world.expiredHolds.overdue()).isOne();
    }

    @Test
    void leavesASagasHoldAloneHoweverOldItIs() {
        String hold = world.hold(wallet, eur(60));
        world.superuser.sql("UPDATE ledger.hold SET placed_at = '2000-01-01'").update();
        assertThat(world.expiredHolds.release(10)).isEmpty();
        assertThat(ledger.settleHold(new SettleHold("key", hold, eur(60), null)))
                .isInstanceOf(SettleOutcome.Settled.class);
    }

    @Test
    void isNotPlacedAfterItsDeadlineButItsFirstAnswerStays() {
        Instant past = world.now();
        long rows = world.rows();
        assertThat(ledger.placeHold(new PlaceHold("key", IdType.HOLD.next(), wallet.id(), eur(60), past)))
                .isEqualTo(new HoldExpired());
        assertThat(world.rows()).isEqualTo(rows);
        world.assertWallet(wallet, eur(100), eur(100));

        PlaceHold command = new PlaceHold("key", IdType.HOLD.next(), wallet.id(), eur(60), inAnHour);
        HoldOutcome held = ledger.placeHold(command);
        assertThat(held).isEqualTo(new HoldOutcome.Held(command.holdId(), eur(40)));
        assertThat(ledger.placeHold(command)).isEqualTo(held);
        for (Instant other : new Instant[] {inAnHour.plus(1, ChronoUnit.MICROS), null, past}) {
            assertThat(ledger.placeHold(new PlaceHold("key", command.holdId(), wallet.id(), eur(60), other)))
                    .as("the deadline is part of the content")
                    .isEqualTo(new OperationKeyReused());
        }
        assertThat(ledger.placeHold(
                        new PlaceHold("key", command.holdId(), wallet.id(), eur(60), inAnHour.plusNanos(1))))
                .as("the book counts microseconds")
                .isEqualTo(held);
    }

    @Test
    void releasesWhatHasWaitedLongestAndNoMoreThanItIsTold() {
        List<String> holds = IntStream.range(0, 5)
                .mapToObj(number -> world.hold(wallet, eur(1), inAnHour))
                .toList();
        for (int i : new int[] {3, 0, 4, 1}) {
            world.expire(holds.get(i));
        }
        assertThat(world.expiredHolds.release(2)).containsExactlyInAnyOrder(holds.get(3), holds.get(0));
        assertThat(world.expiredHolds.release(2)).containsExactlyInAnyOrder(holds.get(4), holds.get(1));
        assertThat(world.expiredHolds.release(2)).isEmpty();
        world.assertWallet(wallet, eur(100), eur(99));
    }

    @Test
    void leavesAWalletThatIsLockedForTheNextTime() throws SQLException {
        String busy = world.hold(wallet, eur(60), inAnHour);
        Wallet idle = world.wallet(eur(100));
        String free = world.hold(idle, eur(60), inAnHour);
        world.expire(busy);
        world.expire(free);
        try (Connection moving = world.database.as(DatabaseRole.API).getConnection();
                Statement statement = moving.createStatement()) {
            moving.setAutoCommit(false);
            statement.execute(WorldOfWallets.depositing(wallet, 5));
            assertThat(world.expiredHolds.release(10)).containsExactly(free);
            moving.commit();
        }
        assertThat(world.expiredHolds.release(10)).containsExactly(busy);
        world.assertWallet(wallet, eur(105), eur(105));
        world.assertWallet(idle, eur(100), eur(100));
    }

    @Test
    void isReleasedOnceByManyJobsAtOnce() {
        List<Wallet> wallets =
                IntStream.range(0, 5).mapToObj(number -> world.wallet(eur(100))).toList();
        List<String> holds = new ArrayList<>();
        for (Wallet each : wallets) {
            for (int i = 0; i < 8; i++) {
                holds.add(world.hold(each, eur(1 + i), inAnHour));
            }
        }
        holds.forEach(world::expire);

        List<String> released = new ArrayList<>();
        AtOnce.collect(16, () -> world.expiredHolds.release(3)).forEach(released::addAll);
        while (world.expiredHolds.overdue() > 0) {
            released.addAll(world.expiredHolds.release(3));
        }

        assertThat(released).containsExactlyInAnyOrderElementsOf(holds);
        wallets.forEach(each -> world.assertWallet(each, eur(100), eur(100)));
    }

    private static Money eur(long minorUnits) {
        return new Money(minorUnits, EUR);
    }
}
