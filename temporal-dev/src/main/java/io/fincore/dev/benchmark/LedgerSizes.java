package io.fincore.dev.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.fincore.dev.benchmark.BookFill.Filled;
import io.fincore.dev.stack.PostgresProcess;
import io.fincore.dev.stack.StackException;
import io.fincore.ledger.Book;
import io.fincore.ledger.History;
import io.fincore.ledger.MovementQuery;
import io.fincore.ledger.Transfer;
import io.fincore.ledger.TransferOutcome;
import io.fincore.ledger.Wallets;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What a client asks of the book, of the same wallets while the book is small, and when it has grown to many times as much: one client,
 * plain JDBC as the API's role, everything read once before.
 */
final class LedgerSizes {

    static final long SMALL = 10_000;

    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final long BYTES_PER_MEGABYTE = 1_048_576;
    private static final int WALLETS = 100;
    private static final int PAGE = 25;

    /** Movements of a wallet in the period of a statement. */
    private static final int STATEMENT = 40;

    private final PostgresProcess postgres;
    private final LedgerPlan plan;
    private final Consumer<String> out;

    LedgerSizes(PostgresProcess postgres, LedgerPlan plan, Consumer<String> out) {
        this.postgres = postgres;
        this.plan = plan;
        this.out = out;
    }

    private interface Call {
        void make(String wallet, Filled filled, long transfer);
    }

    void run() {
        giveMemory();
        List<String> wallets = LedgerWorld.make(postgres).subList(0, WALLETS);
        BookFill fill = new BookFill(postgres, wallets);
        Map<String, Latencies> small = measure(wallets, filled(fill, "00", SMALL));
        Map<String, Latencies> large = measure(wallets, filled(fill, "01", Math.max(SMALL, plan.entries() - SMALL)));
        requireSound();
        out.accept("%-32s %10s %8s %10s %8s %10s%n"
                .formatted("milliseconds", "small p50", "p99", "large p50", "p99", "p50 ratio"));
        small.forEach((call, before) -> {
            Latencies after = large.getOrDefault(call, before);
            out.accept("%-32s %10.3f %8.3f %10.3f %8.3f %10.2f%n"
                    .formatted(
                            call,
                            before.percentileMillis(50),
                            before.percentileMillis(99),
                            after.percentileMillis(50),
                            after.percentileMillis(99),
                            after.percentileMillis(50) / before.percentileMillis(50)));
        });
    }

    /** As much as PostgreSQL's manual has for a server of its own; with the default of 128 MB the larger book would be read from files. */
    private void giveMemory() {
        long megabytes = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize()
                / 4
                / BYTES_PER_MEGABYTE;
        JdbcClient.create(postgres.asSuperuser())
                .sql("ALTER SYSTEM SET shared_buffers = '" + megabytes + "MB'")
                .update();
        postgres.stop();
        postgres.start();
        postgres.awaitHealthy(READY_WITHIN);
        out.accept("PostgreSQL has %d MB for its cache, a quarter of this machine's memory%n".formatted(megabytes));
    }

    private Filled filled(BookFill fill, String name, long entries) {
        long start = System.nanoTime();
        Filled filled = fill.fill(name, entries);
        record Size(long entries, String size) {}
        Size size = JdbcClient.create(postgres.asSuperuser())
                .sql("SELECT count(*) AS entries, pg_size_pretty(pg_database_size(current_database())) AS size"
                        + " FROM ledger.entry")
                .query(Size.class)
                .single();
        out.accept("%,d entries, %s, filled in %.0f s%n"
                .formatted(size.entries(), size.size(), (System.nanoTime() - start) / 1e9));
        return filled;
    }

    private Map<String, Latencies> measure(List<String> wallets, Filled filled) {
        Map<String, Latencies> all = new LinkedHashMap<>();
        try (Connection connection = postgres.as(DatabaseRole.API).getConnection();
                Connection superuser = postgres.asSuperuser().getConnection()) {
            SingleConnectionDataSource dataSource = new SingleConnectionDataSource(connection, true);
            Map<String, Call> calls = controls(JdbcClient.create(new SingleConnectionDataSource(superuser, true)));
            calls.putAll(calls(wallets, new Wallets(dataSource), new History(dataSource)));
            calls.forEach((name, call) -> {
                measure(wallets, filled, call, plan.length());
                all.put(name, measure(wallets, filled, call, plan.length()));
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    /** What does not ask the book: a ratio above one is the machine's. */
    private static Map<String, Call> controls(JdbcClient superuser) {
        Map<String, Call> controls = new LinkedHashMap<>();
        controls.put(
                "one round trip",
                (wallet, filled, transfer) ->
                        require(superuser.sql("SELECT 1").query(Integer.class).single() == 1));
        controls.put("limit B", (wallet, filled, transfer) -> {
            int source = ThreadLocalRandom.current().nextInt(LedgerWorld.ACCOUNTS);
            superuser
                    .sql("SELECT bench.move(?, ?)")
                    .params(source, (source + 7) % LedgerWorld.ACCOUNTS)
                    .query((row, number) -> true)
                    .single();
        });
        return controls;
    }

    private static Map<String, Call> calls(List<String> wallets, Wallets ledger, History history) {
        Money amount = Money.of(1, "EUR");
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("transfer", (wallet, filled, transfer) -> {
            String other = wallets.get((wallets.indexOf(wallet) + 7) % wallets.size());
            require(
                    ledger.transfer(new Transfer(IdType.REQUEST.next(), wallet, other, amount, null, Map.of()))
                            instanceof TransferOutcome.Transferred);
        });
        calls.put(
                "balance",
                (wallet, filled, transfer) -> require(ledger.balance(wallet).isPresent()));
        calls.put(
                "balance at an instant",
                (wallet, filled, transfer) ->
                        require(ledger.balanceAt(wallet, filled.at(transfer)).isPresent()));
        calls.put(
                "first page of movements",
                (wallet, filled, transfer) ->
                        require(history.movements(page(wallet, null)).size() == PAGE));
        calls.put("page in the middle", (wallet, filled, transfer) -> {
            // A transfer that the wallet has paid, with as many before it as a page holds.
            long rounds = filled.transfers() / WALLETS;
            long round = rounds / 3 + transfer / WALLETS % Math.max(1, rounds / 2);
            String cursor = filled.transaction(round * WALLETS + wallets.indexOf(wallet));
            require(history.movements(page(wallet, cursor)).size() == PAGE);
        });
        calls.put("head of a statement", (wallet, filled, transfer) -> {
            long last = Math.max(transfer, (long) STATEMENT / 2 * WALLETS);
            require(history.statement(wallet, filled.at(last - (long) STATEMENT / 2 * WALLETS), filled.at(last))
                    .isPresent());
        });
        return calls;
    }

    private static MovementQuery page(String wallet, @Nullable String olderThan) {
        return new MovementQuery(wallet, null, null, null, null, null, null, Map.of(), null, olderThan, PAGE);
    }

    private static Latencies measure(List<String> wallets, Filled filled, Call call, Duration length) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        LongStream.Builder latencies = LongStream.builder();
        long end = System.nanoTime() + length.toNanos();
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            String wallet = wallets.get(random.nextInt(wallets.size()));
            call.make(wallet, filled, random.nextLong(filled.transfers()));
            latencies.add(System.nanoTime() - start);
        }
        return new Latencies(latencies.build().toArray());
    }

    /** A book that does not hold together would measure nothing. */
    private void requireSound() {
        try (Connection connection = postgres.asSuperuser().getConnection()) {
            // All of millions of entries is looked at, several times.
            connection.setNetworkTimeout(Runnable::run, 0);
            requireSound(new SingleConnectionDataSource(connection, true));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireSound(DataSource book) {
        List<?> discrepancies = new Book(book).discrepancies();
        long breaks = JdbcClient.create(book).sql("""
                SELECT count(*) FROM (
                    SELECT seq, balance_after, CASE side WHEN 'credit' THEN amount ELSE -amount END AS change, booked_at,
                           lag(seq, 1, 0) OVER account AS previous_seq, lag(balance_after, 1, 0) OVER account AS balance_before,
                           lag(booked_at) OVER account AS before
                      FROM ledger.entry JOIN ledger.wallet USING (account_id) WINDOW account AS (PARTITION BY account_id ORDER BY seq)
                ) AS e
                WHERE seq <> previous_seq + 1 OR balance_after <> balance_before + change OR booked_at <= before""").query(Long.class).single();
        if (!discrepancies.isEmpty() || breaks > 0) {
            throw new StackException("The filled book is not sound: %s, %d breaks".formatted(discrepancies, breaks));
        }
    }

    private static void require(boolean asExpected) {
        if (!asExpected) {
            throw new StackException("An answer of the book was not what the fill had made.");
        }
    }
}
