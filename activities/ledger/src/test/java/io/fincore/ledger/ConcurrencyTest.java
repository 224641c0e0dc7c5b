package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Sixteen threads on three wallets, and then the books are checked. */
class ConcurrencyTest {

    private static final int THREADS = 16;
    private static final int MOVES = 250;

    private final WorldOfWallets world = new WorldOfWallets();
    private final AtomicLong deposited = new AtomicLong();
    private final AtomicLong settled = new AtomicLong();
    private final AtomicLong reversed = new AtomicLong();

    @Test
    void keepsTheBookSoundUnderLoad() {
        List<Wallet> wallets = IntStream.range(0, 3)
                .mapToObj(number -> world.wallet(Money.of(50, "EUR")))
                .toList();
        deposited.set(150);

        // A deadlock would come out of here as an exception of its thread.
        AtOnce.collect(THREADS, number -> {
            try (var api = new SingleConnectionDataSource(connect(DatabaseRole.API), true);
                    var worker = new SingleConnectionDataSource(connect(DatabaseRole.WORKER), true)) {
                new Mover(new Random(number), wallets, new Wallets(api), new Ledger(worker)).move();
            }
            return number;
        });

        world.assertSound();
        assertThat(world.book.openHolds()).isEmpty();
        long balances = wallets.stream()
                .mapToLong(wallet -> world.reread(wallet).balance().minorUnits())
                .sum();
        assertThat(balances).isEqualTo(deposited.get() - settled.get() + reversed.get());
        assertThat(world.superuser
                        .sql("SELECT count(*) FROM ledger.account_balance WHERE guarded AND posted - held < 0")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(settled.get()).as("the load was no idle one").isPositive();
        assertThat(reversed.get()).isPositive();
        assertEntriesAreNumberedInTheOrderOfTheirTimes();
        assertBalancesAfterAreRunningSums();
    }

    private Connection connect(DatabaseRole role) {
        try {
            return world.database.as(role).getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertEntriesAreNumberedInTheOrderOfTheirTimes() {
        assertThat(world.superuser.sql("""
                                SELECT count(*) FROM (
                                    SELECT seq, row_number() OVER of_account AS place, booked_at,
                                           lag(booked_at) OVER of_account AS before
                                      FROM ledger.entry
                                    WINDOW of_account AS (PARTITION BY account_id ORDER BY seq)) AS e
                                 WHERE seq <> place OR booked_at <= before
                                """).query(Long.class).single()).isZero();
    }

    private void assertBalancesAfterAreRunningSums() {
        assertThat(world.superuser.sql("""
                                SELECT count(*) FROM (
                                    SELECT b.guarded, e.balance_after,
                                           sum(CASE WHEN e.side = b.normal_side THEN e.amount ELSE -e.amount END)
                                               OVER (PARTITION BY e.account_id ORDER BY e.seq) AS running
                                      FROM ledger.entry e JOIN ledger.account_balance b USING (account_id)) AS e
                                 WHERE balance_after IS DISTINCT FROM CASE WHEN guarded THEN running END
                                """).query(Long.class).single()).isZero();
    }

    /** One thread's random moves; it ends all the holds it placed. */
    private final class Mover {

        private final Random random;
        private final List<Wallet> wallets;
        private final Wallets paying;
        private final Ledger ledger;
        private final Deque<PlaceHold> open = new ArrayDeque<>();
        private final Deque<String> transactions = new ArrayDeque<>();

        Mover(Random random, List<Wallet> wallets, Wallets paying, Ledger ledger) {
            this.random = random;
            this.wallets = wallets;
            this.paying = paying;
            this.ledger = ledger;
        }

        void move() {
            for (int move = 0; move < MOVES; move++) {
                switch (random.nextInt(5)) {
                    case 0 -> deposit();
                    case 1, 2 -> hold();
                    case 3 -> resolve();
                    default -> reverse();
                }
            }
            while (!open.isEmpty()) {
                resolve();
            }
        }

        private void deposit() {
            Money amount = amount(20);
            paying.deposit(new Deposit(world.newKey(), wallet().id(), amount, null));
            deposited.addAndGet(amount.minorUnits());
        }

        private void hold() {
            PlaceHold command = new PlaceHold(world.newKey(), IdType.HOLD.next(), wallet().id(), amount(30));
            if (ledger.placeHold(command) instanceof HoldOutcome.Held) {
                open.add(command);
            }
        }

        private void resolve() {
            if (open.isEmpty()) {
                return;
            }
            PlaceHold hold = open.remove();
            if (random.nextBoolean()) {
                ledger.releaseHold(new ReleaseHold(world.newKey(), hold.holdId()));
                return;
            }
            Money part = amount(Math.toIntExact(hold.amount().minorUnits()));
            SettleOutcome outcome = ledger.settleHold(new SettleHold(world.newKey(), hold.holdId(), part, null));
            transactions.add(((SettleOutcome.Settled) outcome).transactionId());
            settled.addAndGet(part.minorUnits());
        }

        private void reverse() {
            if (transactions.isEmpty()) {
                return;
            }
            Money amount = amount(10);
            if (ledger.reverse(new Reverse(world.newKey(), transactions.remove(), amount, null))
                    instanceof ReversalOutcome.Reversed) {
                reversed.addAndGet(amount.minorUnits());
            }
        }

        private Wallet wallet() {
            return wallets.get(random.nextInt(wallets.size()));
        }

        private Money amount(int most) {
            return Money.of(1 + random.nextInt(most), "EUR");
        }
    }
}
