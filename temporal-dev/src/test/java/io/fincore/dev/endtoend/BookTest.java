package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.TemporaryStack;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short campaign on the book; {@code temporal-dev/fault-test --book} runs the long one. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BookTest {

    @Test
    void losesNothingThatWasAcknowledgedWhenPostgresIsKilled() {
        BookPlan plan = BookPlan.smoke(new Random().nextInt(1_000_000));
        try (TemporaryStack temporary = new TemporaryStack(Map.of(), Progress.silent())) {
            Stack stack = temporary.stack();
            stack.startBackends();
            stack.api().start();
            stack.api().awaitHealthy(Duration.ofMinutes(3));

            BookReport report = new BookCampaign(stack, plan, Progress.silent()).run();

            System.out.println(report.table());
            assertThat(report.violations()).as("seed %d", plan.seed()).isEmpty();
            assertThat(report.kills()).isEqualTo(3);
            assertThat(report.repetitions()).as("requests that a kill has met").isNotEmpty();
        }
    }
}
