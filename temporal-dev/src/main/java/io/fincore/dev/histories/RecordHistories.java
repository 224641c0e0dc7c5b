package io.fincore.dev.histories;

import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.stack.Repository;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.dev.stack.TemporaryStack;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentWorkflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Entry point of {@code temporal-dev/record-histories}: makes a payment of every path on a stack of its own, with a real server, and
 * replaces the committed histories by theirs.
 */
public final class RecordHistories {

    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(3);

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
                Scenarios.ENVIRONMENT, (component, message) -> System.out.println(component + ": " + message))) {
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
            Map<String, PaymentOrder> orders = new Scenarios(stack, payments).play();
            orders.forEach((path, order) -> {
                files.write(
                        "payment-" + path,
                        payments.client().fetchHistory(PaymentWorkflow.workflowId(order.paymentId())));
                if (path.startsWith(Scenarios.REVIEW)) {
                    files.write("case-" + path, payments.client().fetchHistory(TemporalPayments.caseWorkflowId(order)));
                }
            });
            System.out.println(orders.size() + " paths recorded");
        }
    }
}
