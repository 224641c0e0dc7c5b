package io.fincore.dev.benchmark;

import io.fincore.dev.demo.ApiClient;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.dev.stack.StackSettings;
import io.fincore.dev.stack.TemporaryStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Entry point of {@code temporal-dev/limits-benchmark}: how long one principal waits for transfers alone, while another one makes as many as
 * they may, and while that one asks for many times as much, in one run. The three take turns, and each figure is the median of the
 * rounds. The load takes the same cores as the platform.
 */
public final class LimitsBenchmark {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    /** In which what may be done at once is done. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private static final int STEADY_CLIENTS = 4;
    private static final int BURSTING_CLIENTS = 16;

    private final LimitsPlan plan;
    private final Consumer<String> out;

    LimitsBenchmark(LimitsPlan plan, Consumer<String> out) {
        this.plan = plan;
        this.out = out;
    }

    /** @param arguments as {@link LimitsPlan} has them */
    public static void main(String[] arguments) {
        System.exit(BenchmarkCommand.run(
                "limits-benchmark",
                progress -> new LimitsBenchmark(LimitsPlan.of(List.of(arguments)), System.out::print).run(progress)));
    }

    /** @throws StackException if the one who bursts is not refused as clients are told, or the other one is refused */
    void run(Progress progress) {
        try (TemporaryStack temporary =
                new TemporaryStack(plan.environment(), StackSettings.SERVER_JAVA_OPTIONS, progress)) {
            Stack stack = temporary.stack();
            stack.startBackends();
            stack.api().start();
            stack.api().awaitHealthy(READY_WITHIN, progress);
            measure(LedgerGround.on(stack));
        }
    }

    private void measure(LedgerGround ground) {
        PacedClients steady = new PacedClients(
                ground.api(), ground.token(), ground.wallets(), STEADY_CLIENTS, Math.max(1, plan.limit() / 2));
        String stranger = new ApiClient(
                        ground.stack().api().url(), ground.stack().issuer().tokenEndpoint(), "stranger", "bench")
                .token();
        PacedClients modest =
                new PacedClients(ground.api(), stranger, ground.wallets(), BURSTING_CLIENTS, plan.limit() * 9 / 10);
        PacedClients bursting = new PacedClients(
                ground.api(), stranger, ground.wallets(), BURSTING_CLIENTS, plan.limit() * plan.times());
        // The API compiles what it uses.
        bursting.run(plan.length().multipliedBy(8));
        steady.run(plan.length());

        List<PacedClients.Outcome> alone = new ArrayList<>();
        List<Together> usual = new ArrayList<>();
        List<Together> burst = new ArrayList<>();
        for (int round = 0; round < plan.rounds(); round++) {
            alone.add(steady.run(plan.length()));
            usual.add(together(steady, modest));
            burst.add(together(steady, bursting));
        }
        List<PacedClients.Outcome> besideUsual = each(usual, Together::steady);
        List<PacedClients.Outcome> besideBurst = each(burst, Together::steady);
        List<PacedClients.Outcome> first = each(burst, Together::first);
        List<PacedClients.Outcome> bursts = each(burst, Together::other);
        out.accept("%-28s %10s %8s %8s %6s %6s%n".formatted("", "requests/s", "p50 ms", "p99 ms", "429", "503"));
        row("B alone", alone, plan.length());
        row("B while A keeps to the limit", besideUsual, plan.length());
        row("B while A bursts", besideBurst, plan.length());
        row("B in A's first second", first, FIRST);
        row("A, keeping to the limit", each(usual, Together::other), FIRST.plus(plan.length()));
        row("A, bursting", bursts, FIRST.plus(plan.length()));
        ratio("B, bursting to keeping", besideBurst, besideUsual);
        ratio("B, bursting to alone", besideBurst, alone);
        check(
                Stream.of(alone, each(usual, Together::first), besideUsual, first, besideBurst)
                        .flatMap(List::stream)
                        .toList(),
                bursts);
    }

    /**
     * What two principals saw at the same time.
     *
     * @param first of the steady one, while the other one uses up what they may do at once
     * @param steady after that
     */
    private record Together(PacedClients.Outcome first, PacedClients.Outcome steady, PacedClients.Outcome other) {}

    private static List<PacedClients.Outcome> each(
            List<Together> rounds, Function<Together, PacedClients.Outcome> which) {
        return rounds.stream().map(which).toList();
    }

    private Together together(PacedClients steady, PacedClients other) {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<PacedClients.Outcome> beside = thread.submit(() -> other.run(FIRST.plus(plan.length())));
            PacedClients.Outcome first = steady.run(FIRST);
            PacedClients.Outcome outcome = steady.run(plan.length());
            return new Together(first, outcome, beside.get());
        } catch (ExecutionException e) {
            throw new StackException("The benchmark of limits failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted during the benchmark.", e);
        }
    }

    private void row(String name, List<PacedClients.Outcome> rounds, Duration length) {
        out.accept("%-28s %10.0f %8.2f %8.2f %6d %6d%n"
                .formatted(
                        name,
                        median(rounds, outcome -> outcome.latencies().perSecond(length)),
                        percentile(rounds, 50),
                        percentile(rounds, 99),
                        sum(rounds, PacedClients.Outcome::refused),
                        sum(rounds, PacedClients.Outcome::overloaded)));
    }

    private void ratio(String name, List<PacedClients.Outcome> some, List<PacedClients.Outcome> others) {
        out.accept("%-28s %10s %8.2f %8.2f%n"
                .formatted(
                        name,
                        "",
                        percentile(some, 50) / percentile(others, 50),
                        percentile(some, 99) / percentile(others, 99)));
    }

    /** The median of the rounds: a machine that stands still for a moment spoils one of them. */
    private static double percentile(List<PacedClients.Outcome> rounds, int percent) {
        return median(rounds, outcome -> outcome.latencies().percentileMillis(percent));
    }

    private static double median(List<PacedClients.Outcome> rounds, ToDoubleFunction<PacedClients.Outcome> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static int sum(List<PacedClients.Outcome> rounds, ToIntFunction<PacedClients.Outcome> count) {
        return rounds.stream().mapToInt(count).sum();
    }

    private static void check(List<PacedClients.Outcome> steady, List<PacedClients.Outcome> bursts) {
        int refused = sum(bursts, PacedClients.Outcome::refused);
        int bare = sum(bursts, PacedClients.Outcome::bare);
        int wronged = sum(steady, PacedClients.Outcome::refused);
        if (refused == 0 || bare > 0 || wronged > 0) {
            throw new StackException(
                    "A was refused %d times, %d times without the headers, and B, who keeps to the limit, %d times."
                            .formatted(refused, bare, wronged));
        }
    }
}
