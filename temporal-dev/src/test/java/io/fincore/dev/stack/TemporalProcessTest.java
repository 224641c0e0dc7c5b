package io.fincore.dev.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalProcessTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private final Path folder;
    private final TemporalProcess temporal;

    TemporalProcessTest(@TempDir Path folder) {
        this.folder = folder;
        temporal = new Stack(StackSettings.of(folder, Ports.free()), Progress.silent()).temporal();
    }

    @AfterEach
    void stop() {
        temporal.stop();
    }

    @Test
    void keepsWorkflowsAndSearchAttributesThroughAKill() {
        temporal.start();
        temporal.awaitHealthy(SOON);
        temporal.prepareSearchAttributes();
        temporal(
                "workflow",
                "start",
                "--workflow-id",
                "payment/pay_1",
                "--type",
                "Any",
                "--task-queue",
                "none",
                "--search-attribute",
                "PaymentStatus=\"processing\"");

        temporal.kill();
        temporal.start();
        temporal.awaitHealthy(SOON);
        temporal.prepareSearchAttributes();

        assertThat(temporal("workflow", "describe", "--workflow-id", "payment/pay_1", "--output", "json"))
                .contains("WORKFLOW_EXECUTION_STATUS_RUNNING")
                .contains("PaymentStatus");
        assertThat(temporal("operator", "search-attribute", "list"))
                .contains("PaymentStatus", "CustomerId", "Currency", "CorrelationId", "SagaStatus");
        assertThat(temporal.workflowLink("payment/pay_1")).endsWith("/namespaces/default/workflows/payment%2Fpay_1");
    }

    private String temporal(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(new TemporalBinary(Repository.root(), Executables.cache(), Progress.silent())
                .find()
                .toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--address", temporal.target(), "--disable-config-file", "--disable-config-env"));
        return Command.run(folder, Map.of(), command);
    }
}
