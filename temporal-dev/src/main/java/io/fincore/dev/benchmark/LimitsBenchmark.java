package io.fincore.dev.benchmark;

import io.fincore.dev.demo.ApiClient;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Repository;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.dev.stack.StackSettings;
import io.fincore.dev.stack.TemporaryStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Entry point of {@code temporal-dev/limits-benchmark}: how long one principal waits for transfers alone, and while another one asks for many
 * times as much as they may, in one run.
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
        System.exit(run(List.of(arguments), Repository.root()));
    }

    private static int run(List<String> arguments, Path repository) {
        System.setProperty("logback.configurationFile", "launcher-logback.xml");
        System.setProperty(
                "fincore.launcher.log",
                repository.resolve("temporal-dev/target/limits-benchmark.log").toString());
        try {
            new LimitsBenchmark(LimitsPlan.of(arguments), System.out::print)
                    .run((component, message) -> System.err.println(component + ": " + message));
            return 0;
        } catch (StackException e) {
            System.err.println(e.getMessage());
            return 1;
        }
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
        PacedClients bursting = new PacedClients(
                ground.api(), stranger, ground.wallets(), BURSTING_CLIENTS, plan.limit() * plan.times());
        // The API compiles what it uses.
        bursting.run(plan.length());
        steady.run(plan.length());

        PacedClients.Outcome alone = steady.run(plan.length());
        PacedClients.Outcome beside;
        PacedClients.Outcome burst;
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<PacedClients.Outcome> under = thread.submit(() -> bursting.run(plan.length()));
            beside = steady.run(plan.length());
            burst = under.get();
        } catch (ExecutionException e) {
            throw new StackException("The benchmark of limits failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted during the benchmark.", e);
        }
        out.accept("%-24s %10s %8s %8s %6s %6s%n".formatted("", "requests/s", "p50 ms", "p99 ms", "429", "503"));
        row("B alone", alone);
        row("B while A bursts", beside);
        row("A", burst);
        out.accept("%-24s %10s %8.2f %8.2f%n"
                .formatted("B, ratio", "", ratio(beside, alone, 50), ratio(beside, alone, 99)));
        check(alone.plus(beside), burst);
    }

    private void row(String name, PacedClients.Outcome outcome) {
        Latencies latencies = outcome.latencies();
        out.accept("%-24s %10.0f %8.2f %8.2f %6d %6d%n"
                .formatted(
                        name,
                        latencies.perSecond(plan.length()),
                        latencies.percentileMillis(50),
                        latencies.percentileMillis(99),
                        outcome.refused(),
                        outcome.overloaded()));
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
