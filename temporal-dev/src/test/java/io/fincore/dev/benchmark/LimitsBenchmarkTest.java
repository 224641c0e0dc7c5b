package io.fincore.dev.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsBenchmarkTest {

    /** It fails unless A is refused with all headers, and B is not. */
    @Test
    void measuresOnePrincipalBesideAnother() {
        List<String> lines = new ArrayList<>();

        new LimitsBenchmark(LimitsPlan.SMOKE, lines::add).run(Progress.silent());

        assertThat(lines)
                .extracting(line -> line.replaceAll(" {2}.*", "").strip())
                .containsExactly(
                        "",
                        "B alone",
                        "B while A keeps to the limit",
                        "B while A bursts",
                        "B in A's first second",
                        "A, keeping to the limit",
                        "A, bursting",
                        "B, bursting to keeping",
                        "B, bursting to alone");
    }

    @Test
    void tellsHowItIsUsed() {
        assertThat(LimitsPlan.of(List.of("--limit", "50", "--times", "30", "--rounds", "3", "--seconds", "2")))
                .isEqualTo(new LimitsPlan(50, 30, 3, Duration.ofSeconds(2)));
        for (List<String> wrong : List.of(List.of("--limit"), List.of("--times", "0"), List.of("--fast"))) {
            assertThatThrownBy(() -> LimitsPlan.of(wrong))
                    .isInstanceOf(StackException.class)
                    .hasMessageStartingWith("usage: temporal-dev/limits-benchmark");
        }
    }
}
