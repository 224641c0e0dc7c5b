package io.fincore.dev.benchmark;

import io.fincore.dev.demo.ApiClient;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.dev.stack.StackSettings;
import io.fincore.dev.stack.TemporaryStack;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Entry point of {@code temporal-dev/limits-benchmark}: how long one principal waits for transfers alone, while another one makes as many as
 * they may, and while that one asks for many times as much, in one run. The load takes the same cores as the platform.
 */
public final class LimitsBenchmark {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
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
        bursting.run(plan.length());
        steady.run(plan.length());

        PacedClients.Outcome alone = steady.run(plan.length());
        Pair usual = together(steady, modest);
        Pair burst = together(steady, bursting);
        out.accept("%-28s %10s %8s %8s %6s %6s%n".formatted("", "requests/s", "p50 ms", "p99 ms", "429", "503"));
        row("B alone", alone);
        row("B while A keeps to the limit", usual.steady());
        row("B while A bursts", burst.steady());
        row("A, keeping to the limit", usual.other());
        row("A, bursting", burst.other());
        ratio("B, bursting to keeping", burst.steady(), usual.steady());
        ratio("B, bursting to alone", burst.steady(), alone);
        check(alone.plus(usual.steady()).plus(burst.steady()), burst.other());
    }

    private record Pair(PacedClients.Outcome steady, PacedClients.Outcome other) {}

    private Pair together(PacedClients steady, PacedClients other) {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<PacedClients.Outcome> beside = thread.submit(() -> other.run(plan.length()));
            PacedClients.Outcome outcome = steady.run(plan.length());
            return new Pair(outcome, beside.get());
        } catch (ExecutionException e) {
            throw new StackException("The benchmark of limits failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted during the benchmark.", e);
        }
    }

    private void row(String name, PacedClients.Outcome outcome) {
        Latencies latencies = outcome.latencies();
        out.accept("%-28s %10.0f %8.2f %8.2f %6d %6d%n"
                .formatted(
                        name,
                        latencies.perSecond(plan.length()),
                        latencies.percentileMillis(50),
                        latencies.percentileMillis(99),
                        outcome.refused(),
                        outcome.overloaded()));
    }

    private void ratio(String name, PacedClients.Outcome one, PacedClients.Outcome other) {
        out.accept("%-28s %10s %8.2f %8.2f%n".formatted(name, "", ratio(one, other, 50), ratio(one, other, 99)));
    }

    private static double ratio(PacedClients.Outcome one, PacedClients.Outcome other, int percent) {
        return one.latencies().percentileMillis(percent) / other.latencies().percentileMillis(percent);
    }

    private static void check(PacedClients.Outcome steady, PacedClients.Outcome burst) {
        if (burst.refused() == 0 || burst.bare() > 0 || steady.refused() > 0) {
            throw new StackException(
                    "A was refused %d times, %d times without the headers, and B, who keeps to the limit, %d times."
                            .formatted(burst.refused(), burst.bare(), steady.refused()));
        }
    }
}
