package io.fincore.dev.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.dev.stack.Progress;
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
                    .as("uniform and hot, with 1, 16 and 64 clients")
                    .filteredOn(line -> line.contains(subject.title() + " "))
                    .hasSize(6);
        }
        assertThat(lines).filteredOn(line -> line.contains("c / a")).hasSize(6);
        assertThat(lines).filteredOn(line -> line.contains("over HTTP / B")).hasSize(6);
    }
}
