package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Sixteen threads want the same hold: a part of it, the whole, its end. */
class HoldConcurrencyTest {

    private static final int THREADS = 16;
    private static final Currency EUR = new Currency("EUR");

    private final WorldOfWallets world = new WorldOfWallets();
    private final Ledger ledger = world.ledger;

    @Test
    void neverSettlesMoreThanIsHeld() {
        Wallet wallet = world.wallet(eur(150));
        String hold = world.hold(wallet, eur(100));
        List<SettleOutcome> outcomes = AtOnce.collect(THREADS, () -> world.settlePart(hold, eur(7)));
        assertThat(outcomes).filteredOn(SettleOutcome.Settled.class::isInstance).hasSize(14);
        assertThat(outcomes)
                .filteredOn(new SettleOutcome.AmountAboveHold(eur(2))::equals)
                .hasSize(2);
        assertThat(world.holdRow(hold)).isEqualTo(new WorldOfWallets.HoldRow(HoldStatus.HELD, 98, false));
        world.assertWallet(wallet, eur(52), eur(50));
    }

    /** Each round the threads meet otherwise; what is true of all of them is compared. A deadlock would be a thread's failure. */
    @Test
    void isResolvedOnceWhoeverComesFirst() {
        Wallet wallet = world.wallet(eur(10_000));
        long paid = 0;
        for (int round = 0; round < 25; round++) {
            String hold = world.hold(wallet, eur(100), world.now().plus(Duration.ofMinutes(1)));
            Course course = new Course(hold);
            AtOnce.collect(THREADS, number -> {
                course.take(number);
                return number;
            });
            boolean open = world.holdRow(hold).status() == HoldStatus.HELD;
            assertThat(course.ends).as("ends of %s", hold).hasSize(open ? 0 : 1);
            if (open) {
                world.expire(hold);
                assertThat(world.expiredHolds.release(10)).containsExactly(hold);
            }
            long settled = course.settled.stream().mapToLong(Long::longValue).sum();
            paid += settled;
            assertThat(world.holdRow(hold).settled()).isEqualTo(settled).isLessThanOrEqualTo(100);
            world.assertWallet(wallet, eur(10_000 - paid), eur(10_000 - paid));
        }
    }

    /** What the threads do to one hold, and what came of it. */
    private final class Course {

        private final String hold;
        private final Queue<Long> settled = new ConcurrentLinkedQueue<>();
        private final Queue<String> ends = new ConcurrentLinkedQueue<>();

        Course(String hold) {
            this.hold = hold;
        }

        void take(int number) {
            settle(1 + number % 4, SettleHold.Rest.STAYS_HELD);
            switch (number) {
                case 0 -> world.expire(hold);
                case 1, 2 -> ends.addAll(world.expiredHolds.release(10));
                case 3 -> release();
                case 4 -> settle(20, SettleHold.Rest.GIVEN_BACK);
                default -> settle(9, SettleHold.Rest.STAYS_HELD);
            }
        }

        private void release() {
            if (ledger.releaseHold(new ReleaseHold(world.newKey(), hold)) instanceof ReleaseOutcome.Released) {
                ends.add("released");
            }
        }

        private void settle(long amount, SettleHold.Rest rest) {
            SettleOutcome outcome = ledger.settleHold(new SettleHold(world.newKey(), hold, eur(amount), null, rest));
            if (outcome instanceof SettleOutcome.Settled part) {
                settled.add(amount);
                if (part.held().isZero()) {
                    ends.add("settled");
                }
            }
        }
    }

    private static Money eur(long minorUnits) {
        return new Money(minorUnits, EUR);
    }
}
