package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Random movements from many threads, against a model that is a list of numbers. Each seed gives each thread the same wishes again; how
 * they meet is left to the machine.
 */
class BookPropertyTest {

    /** Of a build; the long run is made with {@code -Dfincore.movements=100000}. */
    private static final int MOVEMENTS = Integer.getInteger("fincore.movements", 20_000);

    /** After these many the book is looked at, when a bug is planted in it. */
    private static final int PORTION = 1_600;

    private static final int THREADS = 16;
    private static final int WALLETS = 12;
    private static final int PAST_INSTANTS = 20;

    private final WorldOfWallets world = new WorldOfWallets();
    private final BookModel model = new BookModel();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final Queue<Answered> answeredMeanwhile = new ConcurrentLinkedQueue<>();
    private final List<Wallet> wallets =
            IntStream.range(0, WALLETS).mapToObj(number -> world.wallet("EUR")).toList();

    /** The past as it was told while everything moved. */
    private record Answered(String walletId, Instant at, PastBalance past) {}

    @Test
    void holdsWhatTheModelHolds() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);

        move(seed, MOVEMENTS);

        assertThat(violations()).as("seed %d", seed).isEmpty();
        assertThat(model.transactions()).as("the load was no idle one").isGreaterThan(MOVEMENTS / 4);
    }

    @ParameterizedTest
    @EnumSource
    void findsEachPlantedBug(PlantedBug bug) {
        bug.plant(world.superuser);
        List<String> found = List.of();

        // Which movements meet is the machine's: a bug in the locks may need as many as the test above makes.
        for (int made = 0; made < MOVEMENTS && found.isEmpty(); made += PORTION) {
            move(7 + made, PORTION);
            found = violations();
        }

        assertThat(found).isNotEmpty();
    }

    private void move(long seed, int movements) {
        wallets.forEach(wallet -> {
            DepositOutcome.Deposited funds = world.deposit(wallet, Money.of(500, "EUR"));
            model.post(wallet.id(), funds.transactionId(), 500);
        });
        AtOnce.collect(THREADS, number -> {
            try (var api = new SingleConnectionDataSource(connect(DatabaseRole.API), true);
                    var worker = new SingleConnectionDataSource(connect(DatabaseRole.WORKER), true)) {
                RandomMovements random =
                        new RandomMovements(world, model, wallets, violations, seed + number, api, worker);
                // One violation is enough; what comes of it could take long.
                for (int portion = 0; portion < PAST_INSTANTS && violations.isEmpty(); portion++) {
                    String asked = wallets.get((number + portion) % WALLETS).id();
                    random.make(movements / THREADS / PAST_INSTANTS);
                    guarded(violations, () -> askForNow(new Wallets(api), asked));
                }
            }
            return number;
        });
    }

    private void askForNow(Wallets reader, String walletId) {
        Instant now = world.now();
        answeredMeanwhile.add(
                new Answered(walletId, now, reader.balanceAt(walletId, now).orElseThrow()));
    }

    /** Everything in which book and model differ, and every rule of the book that is broken. */
    private List<String> violations() {
        List<String> found = new ArrayList<>(violations);
        world.book.discrepancies().forEach(discrepancy -> found.add(discrepancy.toString()));
        world.book.trialBalances().stream()
                .filter(balance -> !balance.isBalanced())
                .forEach(balance -> found.add(balance.toString()));
        for (Wallet wallet : wallets) {
            guarded(found, () -> {
                Wallet now = world.reread(wallet);
                compare(found, wallet.id() + " now", now.balance().minorUnits(), model.balance(wallet.id()));
                compare(
                        found,
                        wallet.id() + " held",
                        now.balance().minorUnits() - now.available().minorUnits(),
                        model.held(wallet.id()));
            });
        }
        Map<String, Instant> bookedAt = bookedAt();
        for (Answered answered : answeredMeanwhile) {
            compare(
                    found,
                    answered.walletId() + " as answered at " + answered.at(),
                    answered.past().balance().minorUnits(),
                    model.balanceAt(answered.walletId(), answered.at(), bookedAt));
            guarded(found, () -> {
                PastBalance now = world.wallets
                        .balanceAt(answered.walletId(), answered.at())
                        .orElseThrow();
                if (!now.equals(answered.past())) {
                    found.add(answered + " is answered otherwise by now: " + now);
                }
            });
        }
        Random random = new Random(1);
        Instant first = bookedAt.values().stream().min(Instant::compareTo).orElseThrow();
        Instant last = bookedAt.values().stream().max(Instant::compareTo).orElseThrow();
        long microseconds = ChronoUnit.MICROS.between(first, last);
        for (int i = 0; i < PAST_INSTANTS; i++) {
            Instant at = first.plus((long) (random.nextDouble() * microseconds), ChronoUnit.MICROS);
            for (Wallet wallet : wallets) {
                guarded(
                        found,
                        () -> compare(
                                found,
                                wallet.id() + " at " + at,
                                world.wallets
                                        .balanceAt(wallet.id(), at)
                                        .orElseThrow()
                                        .balance()
                                        .minorUnits(),
                                model.balanceAt(wallet.id(), at, bookedAt)));
            }
        }
        found.addAll(overdrawn());
        compareHolds(found);
        return found;
    }

    private void compareHolds(List<String> found) {
        world.superuser
                .sql("SELECT id, settled_amount, status = 'held' AS open FROM ledger.hold")
                .query(row -> {
                    String hold = row.getString("id");
                    compare(found, hold + " settled", row.getLong("settled_amount"), model.settled(hold));
                    compare(found, hold + " open", row.getBoolean("open") ? 1 : 0, model.isResolved(hold) ? 0 : 1);
                });
        found.addAll(world.superuser.sql("""
                        SELECT 'settled after its end: ' || h.id
                          FROM ledger.hold h JOIN ledger.transaction t ON t.hold_id = h.id WHERE t.booked_at > h.resolved_at
                        UNION ALL
                        SELECT 'given back before its deadline: ' || id
                          FROM ledger.hold WHERE expired AND (expires_at IS NULL OR resolved_at < expires_at)""").query(String.class).list());
    }

    /** A balance below zero cannot even be read. */
    private static void guarded(Collection<String> found, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException unreadable) {
            found.add(unreadable.toString());
        }
    }

    private static void compare(List<String> found, String what, long book, long model) {
        if (book != model) {
            found.add(what + ": " + book + " in the book, " + model + " in the model");
        }
    }

    private Map<String, Instant> bookedAt() {
        Map<String, Instant> times = new HashMap<>();
        world.superuser.sql("SELECT id, booked_at FROM ledger.transaction").query(row -> {
            times.put(row.getString("id"), Columns.instant(row, "booked_at"));
        });
        return times;
    }

    private List<String> overdrawn() {
        return world.superuser.sql("""
                        SELECT 'overdrawn: ' || account_id FROM ledger.account_balance WHERE guarded AND posted - held < 0
                        UNION ALL
                        SELECT 'was overdrawn: ' || account_id FROM ledger.entry WHERE balance_after < 0""").query(String.class).list();
    }

    private Connection connect(DatabaseRole role) {
        try {
            return world.database.as(role).getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
