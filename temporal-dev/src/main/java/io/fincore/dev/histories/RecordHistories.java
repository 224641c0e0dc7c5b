package io.fincore.dev.histories;

import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.stack.Repository;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.dev.stack.TemporaryStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Entry point of {@code temporal-dev/record-histories}: takes every path of every saga on a stack of its own, with a real server, and
 * replaces the committed histories by theirs.
 */
public final class RecordHistories {

    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(3);

    /** What the worker has to be told for the scenarios to come out the same every time. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "FINCORE_SLOTS_BANKCALLS", "1",
            "FINCORE_REVIEW_REMINDAFTER", "6s",
            "FINCORE_REVIEW_DUEAFTER", "8s",
            "FINCORE_REVIEW_EXPIREAFTER", "10s");

    private RecordHistories() {}

    public static void main(String[] arguments) {
        System.exit(run(Repository.root()));
    }

    private static int run(Path repository) {
        System.setProperty("logback.configurationFile", "launcher-logback.xml");
        System.setProperty(
                "fincore.launcher.log",
                repository.resolve("temporal-dev/target/record-histories.log").toString());
        HistoryFiles files = new HistoryFiles(repository.resolve("workflows/src/test/resources/histories"));
        try (TemporaryStack temporary = new TemporaryStack(
                ENVIRONMENT, (component, message) -> System.out.println(component + ": " + message))) {
            Stack stack = temporary.stack();
            stack.startBackends();
            stack.worker().start();
            stack.worker().awaitHealthy(HEALTHY_WITHIN);
            record(stack, files);
            return 0;
        } catch (StackException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static void record(Stack stack, HistoryFiles files) {
        try (TemporalPayments payments = new TemporalPayments(stack.temporal())) {
            Map<String, String> paths = new LinkedHashMap<>(new PaymentScenarios(stack, payments).play());
            paths.putAll(new RefundScenarios(stack, payments).play());
            paths.putAll(new ActivationScenarios(stack, payments).play());
            paths.putAll(new CaseScenarios(stack, payments).play());
            paths.putAll(new RepairScenarios(stack, payments).play());
            paths.putAll(new BookCheckScenarios(payments).play());
            paths.putAll(new WebhookScenarios(stack, payments).play());
            paths.putAll(new ErasureScenarios(stack, payments).play());
            paths.forEach((path, workflowId) -> files.write(path, payments.history(workflowId)));
            System.out.println(paths.size() + " paths recorded");
        }
    }
}
