package io.fincore.dev.benchmark;

import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Repository;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.dev.stack.TemporaryStack;
import io.fincore.postgres.DatabaseRole;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Entry point of {@code temporal-dev/ledger-benchmark}: the book's transfers beside raw SQL in the same database, so that the ratio is
 * worth something on any machine. Money goes between random accounts, or from random accounts to one that all want.
 */
public final class LedgerBenchmark {

    static final Duration SMOKE = Duration.ofMillis(100);

    private static final Duration DEFAULT = Duration.ofSeconds(4);
    private static final List<Integer> CLIENTS = List.of(1, 16, 64);

    private final Duration length;
    private final Consumer<String> out;

    /** @param length of each cell of the table, after a quarter of it to warm up */
    LedgerBenchmark(Duration length, Consumer<String> out) {
        this.length = length;
        this.out = out;
    }

    /** @param arguments none, {@code --smoke} for a run that measures nothing, or {@code --seconds} and a number */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), Repository.root()));
    }

    private static int run(List<String> arguments, Path repository) {
        System.setProperty("logback.configurationFile", "launcher-logback.xml");
        System.setProperty(
                "fincore.launcher.log",
                repository.resolve("temporal-dev/target/ledger-benchmark.log").toString());
        try {
            new LedgerBenchmark(length(arguments), System.out::print)
                    .run((component, message) -> System.err.println(component + ": " + message));
            return 0;
        } catch (StackException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static Duration length(List<String> arguments) {
        if (arguments.isEmpty()) {
            return DEFAULT;
        }
        if (arguments.equals(List.of("--smoke"))) {
            return SMOKE;
        }
        if (arguments.size() == 2
                && arguments.getFirst().equals("--seconds")
                && arguments.getLast().matches("[1-9]\\d{0,3}")) {
            return Duration.ofSeconds(Integer.parseInt(arguments.getLast()));
        }
        throw new StackException("usage: temporal-dev/ledger-benchmark [--smoke | --seconds NUMBER]");
    }

    void run(Progress progress) {
        try (TemporaryStack temporary = new TemporaryStack(Map.of(), progress)) {
            temporary.stack().startBackends();
            measure(temporary.stack());
        }
    }

    private void measure(Stack stack) {
        List<String> wallets = LedgerWorld.make(stack.postgres());
        out.accept(
                "%-8s %7s  %-24s %10s %8s %8s%n".formatted("accounts", "clients", "", "moves/s", "p50 ms", "p99 ms"));
        for (boolean hot : List.of(false, true)) {
            for (int clients : CLIENTS) {
                Map<LedgerSubject, Double> perSecond = new EnumMap<>(LedgerSubject.class);
                for (LedgerSubject subject : LedgerSubject.values()) {
                    perSecond.put(subject, measure(stack, subject, wallets, clients, hot));
                }
                double ours = perSecond.getOrDefault(LedgerSubject.OURS, 0.0);
                out.accept("%-8s %7d  ours / a %.2f, / B %.2f, / b %.2f, / b in one call %.2f; batches / ours %.1f%n"
                        .formatted(
                                name(hot),
                                clients,
                                ours / perSecond.getOrDefault(LedgerSubject.MINIMAL, 0.0),
                                ours / perSecond.getOrDefault(LedgerSubject.MINIMAL_FUNCTION, 0.0),
                                ours / perSecond.getOrDefault(LedgerSubject.SAME_ROWS, 0.0),
                                ours / perSecond.getOrDefault(LedgerSubject.SAME_ROWS_FUNCTION, 0.0),
                                perSecond.getOrDefault(LedgerSubject.OURS_IN_BATCHES, 0.0) / ours));
            }
        }
    }

    private double measure(Stack stack, LedgerSubject subject, List<String> wallets, int clients, boolean hot) {
        move(stack, subject, wallets, clients, hot, length.dividedBy(4));
        long start = System.nanoTime();
        Latencies latencies = move(stack, subject, wallets, clients, hot, length);
        double perSecond = latencies.perSecond(Duration.ofNanos(System.nanoTime() - start)) * subject.movesPerCall();
        out.accept("%-8s %7d  %-24s %10.0f %8.2f %8.2f%n"
                .formatted(
                        name(hot),
                        clients,
                        subject.title(),
                        perSecond,
                        latencies.percentileMillis(50),
                        latencies.percentileMillis(99)));
        return perSecond;
    }

    private static String name(boolean hot) {
        return hot ? "hot" : "uniform";
    }

    private static Latencies move(
            Stack stack, LedgerSubject subject, List<String> wallets, int clients, boolean hot, Duration length) {
        CyclicBarrier ready = new CyclicBarrier(clients);
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<long[]>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Callable<long[]> client = () -> moveFor(stack, subject, wallets, hot, ready, length);
                running.add(threads.submit(client));
            }
            LongStream all = LongStream.empty();
            for (Future<long[]> client : running) {
                all = LongStream.concat(all, LongStream.of(client.get()));
            }
            return new Latencies(all.toArray());
        } catch (ExecutionException e) {
            throw new StackException("The benchmark of " + subject.title() + " failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted during the benchmark.", e);
        }
    }

    private static long[] moveFor(
            Stack stack, LedgerSubject subject, List<String> wallets, boolean hot, CyclicBarrier ready, Duration length)
            throws Exception {
        try (Connection connection = connection(stack, subject)) {
            Mover mover = subject.mover(connection, wallets);
            LongStream.Builder latencies = LongStream.builder();
            ready.await();
            long end = System.nanoTime() + length.toNanos();
            for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
                int source = ThreadLocalRandom.current().nextInt(1, wallets.size());
                int destination =
                        hot ? 0 : (source + ThreadLocalRandom.current().nextInt(1, wallets.size())) % wallets.size();
                mover.move(source, destination);
                latencies.add(System.nanoTime() - start);
            }
            return latencies.build().toArray();
        }
    }

    private static Connection connection(Stack stack, LedgerSubject subject) throws SQLException {
        return (subject.isOurs()
                        ? stack.postgres().as(DatabaseRole.API)
                        : stack.postgres().asSuperuser())
                .getConnection();
    }
}
