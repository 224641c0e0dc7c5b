package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.StackException;
import io.fincore.dev.stack.TemporaryStack;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short run of the fuzzer; {@code temporal-dev/fuzz-api} is the long one. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FuzzTest {

    /** On a platform of its own: what it leaves, no other test's books would agree with. */
    @Test
    void theApiAnswersAsItsDescriptionSays() {
        FuzzReport report;
        try (TemporaryStack temporary = new TemporaryStack(Map.of(), Progress.silent())) {
            temporary.stack().start();
            report = new Fuzzer(temporary.stack(), Progress.silent()).fuzz(FuzzPlan.smoke());
        }

        assertThat(report.violations()).as(report.table()).isEmpty();
    }

    @Test
    void aRunThatFoundSomethingOrTestedNothingIsNoSuccess() {
        FuzzPlan plan = FuzzPlan.full(40, 7);

        assertThat(new FuzzReport(plan, "", 2_000, 0).violations()).isEmpty();
        assertThat(new FuzzReport(plan, "", 1_999, 0).violations()).hasSize(1);
        assertThat(new FuzzReport(plan, "", 2_000, 1).violations()).hasSize(1);
    }

    @Test
    void repeatsAnEarlierRun() {
        assertThat(FuzzCommand.plan(List.of("--seed", "7", "--examples", "50"))).isEqualTo(FuzzPlan.full(50, 7));
        assertThatThrownBy(() -> FuzzCommand.plan(List.of("--examples", "many")))
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("usage: temporal-dev/fuzz-api");
    }
}
