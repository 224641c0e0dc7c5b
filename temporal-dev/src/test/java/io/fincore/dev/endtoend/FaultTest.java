package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.dev.stack.Ports;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackSettings;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The short campaign; {@code temporal-dev/fault-test} runs the long one. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FaultTest {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Stack stack;

    @BeforeEach
    void start() {
        stack = new Stack(StackSettings.of(folder, Ports.free()), FaultTest::print);
        stack.start();
    }

    @AfterEach
    void stop() {
        stack.stop();
    }

    @Test
    void booksAgreeWhateverProcessDies() {
        CampaignPlan plan = CampaignPlan.smoke(new Random().nextInt(1_000_000));

        CampaignReport report = new FaultCampaign(stack, plan, FaultTest::print).run();

        System.out.println(report.table());
        assertThat(report.violations())
                .as("seed %d, logs in %s", plan.seed(), folder)
                .isEmpty();
        assertThat(report.strikes()).hasSize(7);
    }

    private static void print(String component, String message) {
        System.out.printf("%tT  %-10s  %s%n", System.currentTimeMillis(), component, message);
    }
}
