package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One hold, several settlements. */
class HoldPartsTest {

    private static final Currency EUR = new Currency("EUR");

    private final WorldOfWallets world = new WorldOfWallets();
    private final Ledger ledger = world.ledger;
    private final Wallet wallet = world.wallet(eur(100));
    private final String hold = world.hold(wallet, eur(60));

    @Test
    void keepsTheRestHeldUntilTheLastUnitIsSettled() {
        assertThat(world.settlePart(hold, eur(25)))
                .isInstanceOfSatisfying(
                        SettleOutcome.Settled.class,
                        settled -> assertThat(settled.held()).isEqualTo(eur(35)));
        assertThat(onlyPendingHold()).isEqualTo(new Pending(eur(60), eur(35)));
        world.assertWallet(wallet, eur(75), eur(40));

        assertThat(world.settlePart(hold, eur(36))).isEqualTo(new SettleOutcome.AmountAboveHold(eur(35)));
        world.assertWallet(wallet, eur(75), eur(40));

        assertThat(world.settlePart(hold, eur(35)))
                .isInstanceOfSatisfying(
                        SettleOutcome.Settled.class,
                        settled -> assertThat(settled.held()).isEqualTo(eur(0)));
        assertThat(world.holdRow(hold)).isEqualTo(new WorldOfWallets.HoldRow(HoldStatus.SETTLED, 60, false));
        assertThat(world.book.openHolds()).isEmpty();
        assertThat(world.settlePart(hold, eur(1))).isEqualTo(new HoldResolved(HoldStatus.SETTLED));
        world.assertWallet(wallet, eur(40), eur(40));
    }

    @Test
    void givesTheRestBackWithTheLastPart() {
        world.settlePart(hold, eur(25));
        assertThat(ledger.settleHold(new SettleHold("last", hold, eur(10), null)))
                .isInstanceOfSatisfying(
                        SettleOutcome.Settled.class,
                        settled -> assertThat(settled.held()).isEqualTo(eur(0)));
        assertThat(world.holdRow(hold)).isEqualTo(new WorldOfWallets.HoldRow(HoldStatus.SETTLED, 35, false));
        world.assertWallet(wallet, eur(65), eur(65));
    }

    @Test
    void isSettledInPartOnceTheRestIsReleased() {
        world.settlePart(hold, eur(25));
        assertThat(ledger.releaseHold(new ReleaseHold("release", hold))).isEqualTo(new ReleaseOutcome.Released());
        assertThat(world.holdRow(hold)).isEqualTo(new WorldOfWallets.HoldRow(HoldStatus.SETTLED, 25, false));
        world.assertWallet(wallet, eur(75), eur(75));

        long rows = world.rows();
        assertThat(ledger.releaseHold(new ReleaseHold("again", hold))).isEqualTo(new HoldResolved(HoldStatus.SETTLED));
        assertThat(world.settlePart(hold, eur(1))).isEqualTo(new HoldResolved(HoldStatus.SETTLED));
        assertThat(world.rows()).isEqualTo(rows);
        world.assertWallet(wallet, eur(75), eur(75));
    }

    @Test
    void answersEachPartAgainAsTheFirstTime() {
        SettleHold first = new SettleHold("first", hold, eur(25), "INV-1", SettleHold.Rest.STAYS_HELD);
        SettleOutcome settled = ledger.settleHold(first);
        ledger.settleHold(new SettleHold("last", hold, eur(35), "INV-1"));

        assertThat(ledger.settleHold(first)).as("what was held then").isEqualTo(settled);
        assertThat(ledger.settleHold(new SettleHold("first", hold, eur(25), "INV-1")))
                .as("the rest is part of the content")
                .isEqualTo(new OperationKeyReused());
        world.assertWallet(wallet, eur(40), eur(40));
    }

    @Test
    void reversesEachPartByItself() {
        String first = ((SettleOutcome.Settled) world.settlePart(hold, eur(25))).transactionId();
        String second = ((SettleOutcome.Settled) world.settlePart(hold, eur(35))).transactionId();
        assertThat(List.of(first, second))
                .doesNotHaveDuplicates()
                .allSatisfy(part -> assertThat(
                                world.book.transaction(part).orElseThrow().holdId())
                        .isEqualTo(hold));

        assertThat(ledger.reverse(new Reverse("too much", first, eur(26), null)))
                .isEqualTo(new ReversalOutcome.AmountAboveRemainder(eur(25)));
        assertThat(ledger.reverse(new Reverse("first", first, eur(25), null)))
                .isInstanceOf(ReversalOutcome.Reversed.class);
        assertThat(ledger.reverse(new Reverse("second", second, eur(30), null)))
                .isInstanceOf(ReversalOutcome.Reversed.class);
        world.assertWallet(wallet, eur(95), eur(95));
    }

    /** To the microsecond: what a part takes off the balance it takes off what is held in the same instant. */
    @Test
    void remembersWhatWasHeldBetweenParts() {
        Instant placed = world.now();
        Instant first = bookedAt(world.settlePart(hold, eur(25)));
        Instant last = bookedAt(ledger.settleHold(new SettleHold("last", hold, eur(10), null)));

        assertThat(past(placed)).isEqualTo(new Past(eur(100), eur(40)));
        assertThat(past(justBefore(first))).isEqualTo(new Past(eur(100), eur(40)));
        assertThat(past(first)).isEqualTo(new Past(eur(75), eur(40)));
        assertThat(past(justBefore(last))).isEqualTo(new Past(eur(75), eur(40)));
        assertThat(past(last)).isEqualTo(new Past(eur(65), eur(65)));
    }

    /** A batch's last rows, or a clock that was set back, are ahead of the clock. */
    @Test
    void isNeitherPlacedNorEndedBeforeTheWalletsLastMovement() {
        Instant last = world.now().plusSeconds(3600);
        world.superuser
                .sql("UPDATE ledger.account_balance SET last_booked_at = ? WHERE guarded")
                .param(last.atOffset(ZoneOffset.UTC))
                .update();
        String released = world.hold(wallet, eur(10));
        ledger.releaseHold(new ReleaseHold("release", released));
        String expired = world.hold(wallet, eur(10), last);
        world.expire(expired);
        world.expiredHolds.release(1);
        for (String each : List.of(released, expired)) {
            assertThat(time("placed_at", each)).isEqualTo(last);
            assertThat(time("resolved_at", each)).isEqualTo(last);
        }
    }

    private Instant time(String column, String holdId) {
        return world.superuser
                .sql("SELECT " + column + " FROM ledger.hold WHERE id = ?")
                .param(holdId)
                .query((row, number) -> Columns.instant(row, column))
                .single();
    }

    private record Pending(Money amount, Money held) {}

    private Pending onlyPendingHold() {
        List<PendingHold> holds =
                world.wallets.balance(wallet.id()).orElseThrow().pendingHolds();
        assertThat(holds).hasSize(1).isEqualTo(world.book.openHolds());
        return new Pending(holds.getFirst().amount(), holds.getFirst().held());
    }

    private record Past(Money balance, Money available) {}

    private Past past(Instant at) {
        PastBalance past = world.wallets.balanceAt(wallet.id(), at).orElseThrow();
        return new Past(past.balance(), past.available());
    }

    private Instant bookedAt(SettleOutcome outcome) {
        String transaction = ((SettleOutcome.Settled) outcome).transactionId();
        return world.book.transaction(transaction).orElseThrow().bookedAt();
    }

    private static Instant justBefore(Instant instant) {
        return instant.minus(1, ChronoUnit.MICROS);
    }

    private static Money eur(long minorUnits) {
        return new Money(minorUnits, EUR);
    }
}
