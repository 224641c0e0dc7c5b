package io.fincore.dev.benchmark;

import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.dev.stack.StackSettings;
import io.fincore.dev.stack.TemporaryStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Entry point of {@code temporal-dev/ledger-benchmark}: the book's transfers, in its own process and over HTTP, beside raw SQL in the
 * same database, so that the ratio is worth something on any machine. Money goes between random accounts, or from random accounts to one
 * that all want.
 */
public final class LedgerBenchmark {

    private static final int WARM_UP_CELLS = 8;
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    private final LedgerPlan plan;
    private final Consumer<String> out;
    private final List<String> failures = new ArrayList<>();

    LedgerBenchmark(LedgerPlan plan, Consumer<String> out) {
        this.plan = plan;
        this.out = out;
    }

    /** @param arguments as {@link LedgerPlan} has them */
    public static void main(String[] arguments) {
        System.exit(BenchmarkCommand.run(
                "ledger-benchmark",
                progress -> new LedgerBenchmark(LedgerPlan.of(List.of(arguments)), System.out::print).run(progress)));
    }

    /** @throws StackException if a call failed or was not answered in time */
    void run(Progress progress) {
        try (TemporaryStack temporary = new TemporaryStack(Map.of(), StackSettings.SERVER_JAVA_OPTIONS, progress)) {
            Stack stack = temporary.stack();
            stack.startBackends();
            if (plan.entries() > 0) {
                new LedgerSizes(stack.postgres(), plan, out).run();
                return;
            }
            stack.api().start();
            stack.api().awaitHealthy(READY_WITHIN, progress);
            measure(LedgerGround.on(stack));
        }
        if (!failures.isEmpty()) {
            throw new StackException(
                    "Calls have failed, so the figures count for nothing:\n  " + String.join("\n  ", failures));
        }
    }

    private void measure(LedgerGround ground) {
        // The API's process compiles its code for tens of thousands of requests.
        LedgerLoad warmUp = new LedgerLoad(ground, LedgerSubject.OVER_HTTP, 16, false, 0);
        note(warmUp, warmUp.run(plan.length().multipliedBy(WARM_UP_CELLS)));
        out.accept("%-8s %7s  %-26s %10s %8s %8s %6s %8s%n"
                .formatted("accounts", "clients", "", "moves/s", "p50 ms", "p99 ms", "errors", "timeouts"));
        for (boolean hot : List.of(false, true)) {
            for (int clients : plan.clients()) {
                Map<LedgerSubject, Double> perSecond = new EnumMap<>(LedgerSubject.class);
                for (LedgerSubject subject : LedgerSubject.values()) {
                    perSecond.put(
                            subject, measure(new LedgerLoad(ground, subject, clients, hot, plan.movesPerSecond())));
                }
                out.accept("%-8s %7d  c / a %.2f, / B %.2f, / b %.2f, / b in one call %.2f; batches / c %.1f%n"
                        .formatted(
                                name(hot),
                                clients,
                                ratio(perSecond, LedgerSubject.OURS, LedgerSubject.MINIMAL),
                                ratio(perSecond, LedgerSubject.OURS, LedgerSubject.MINIMAL_FUNCTION),
                                ratio(perSecond, LedgerSubject.OURS, LedgerSubject.SAME_ROWS),
                                ratio(perSecond, LedgerSubject.OURS, LedgerSubject.SAME_ROWS_FUNCTION),
                                ratio(perSecond, LedgerSubject.OURS_IN_BATCHES, LedgerSubject.OURS)));
                out.accept("%-8s %7d  over HTTP / B %.2f, batches over HTTP / B %.2f, / over HTTP %.1f%n"
                        .formatted(
                                name(hot),
                                clients,
                                ratio(perSecond, LedgerSubject.OVER_HTTP, LedgerSubject.MINIMAL_FUNCTION),
                                ratio(perSecond, LedgerSubject.OVER_HTTP_IN_BATCHES, LedgerSubject.MINIMAL_FUNCTION),
                                ratio(perSecond, LedgerSubject.OVER_HTTP_IN_BATCHES, LedgerSubject.OVER_HTTP)));
            }
        }
    }

    private static double ratio(Map<LedgerSubject, Double> perSecond, LedgerSubject one, LedgerSubject other) {
        return perSecond.getOrDefault(one, 0.0) / perSecond.getOrDefault(other, 0.0);
    }

    private double measure(LedgerLoad load) {
        LedgerSubject subject = load.subject();
        note(load, load.run(plan.length().dividedBy(4)));
        ProcessorTime before = ProcessorTime.of(load.ground().stack());
        LedgerLoad.Outcome outcome = load.run(plan.length());
        ProcessorTime after = ProcessorTime.of(load.ground().stack());
        note(load, outcome);
        Latencies latencies = new Latencies(outcome.latencyNanos().toArray());
        double perSecond = latencies.perSecond(outcome.time()) * subject.movesPerCall();
        out.accept("%-8s %7d  %-26s %10.0f %8.2f %8.2f %6d %8d%s%n"
                .formatted(
                        name(load.hot()),
                        load.clients(),
                        subject.title(),
                        perSecond,
                        latencies.percentileMillis(50),
                        latencies.percentileMillis(99),
                        outcome.failures().size(),
                        outcome.timeouts(),
                        subject.isOverHttp() ? "  " + after.since(before, outcome.time()) : ""));
        return perSecond;
    }

    private void note(LedgerLoad load, LedgerLoad.Outcome outcome) {
        String where = "%s, %s, %d clients: ".formatted(load.subject().title(), name(load.hot()), load.clients());
        outcome.failures().forEach(failure -> failures.add(where + failure));
        if (outcome.timeouts() > 0) {
            failures.add(where + outcome.timeouts() + " timeouts");
        }
    }

    private static String name(boolean hot) {
        return hot ? "hot" : "uniform";
    }
}
