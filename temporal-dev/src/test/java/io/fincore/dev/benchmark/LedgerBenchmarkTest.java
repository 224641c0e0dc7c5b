package io.fincore.dev.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerBenchmarkTest {

    @Test
    void measuresOursBesideEachLimit() {
        List<String> lines = new ArrayList<>();

        new LedgerBenchmark(LedgerPlan.SMOKE, lines::add).run(Progress.silent());

        for (LedgerSubject subject : LedgerSubject.values()) {
            assertThat(lines)
                    .as("uniform and hot, with 1 and 4 clients")
                    .filteredOn(line -> line.contains(subject.title() + " "))
                    .hasSize(4);
        }
        assertThat(lines).filteredOn(line -> line.contains("c / a")).hasSize(4);
        assertThat(lines).filteredOn(line -> line.contains("over HTTP / B")).hasSize(4);
    }

    @Test
    void comparesASmallBookWithALargeOne() {
        List<String> lines = new ArrayList<>();

        new LedgerBenchmark(new LedgerPlan(List.of(), LedgerPlan.SMOKE.length(), 0, 30_000), lines::add)
                .run(Progress.silent());

        assertThat(lines)
                .extracting(line -> line.replaceAll("( {2}|,).*", "").strip())
                .containsSubsequence(
                        "one round trip",
                        "limit B",
                        "transfer",
                        "balance",
                        "balance at an instant",
                        "first page of movements",
                        "page in the middle",
                        "head of a statement");
        assertThat(lines).filteredOn(line -> line.contains(" entries, ")).hasSize(2);
    }

    @Test
    void tellsHowItIsUsed() {
        assertThat(LedgerPlan.of(List.of("--rate", "500", "--seconds", "2", "--entries", "20000")))
                .isEqualTo(new LedgerPlan(List.of(1, 16, 64), Duration.ofSeconds(2), 500, 20_000));
        for (List<String> wrong : List.of(List.of("--rate"), List.of("--rate", "0"), List.of("--fast"))) {
            assertThatThrownBy(() -> LedgerPlan.of(wrong))
                    .isInstanceOf(StackException.class)
                    .hasMessageStartingWith("usage: temporal-dev/ledger-benchmark");
        }
    }
}
