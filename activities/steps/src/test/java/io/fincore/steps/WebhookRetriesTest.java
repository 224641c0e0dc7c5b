package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WebhookRetriesTest {

    private final WebhookRetries retries = new WebhookRetries(List.of(Duration.ofMillis(10), Duration.ofHours(24)));

    /** What failed together does not come together again. */
    @Test
    void eachPauseIsUpToATenthShorterOrLonger() {
        assertThat(drawn(1)).containsOnly(Duration.ofMillis(9), Duration.ofMillis(10), Duration.ofMillis(11));
        assertThat(drawn(2))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMinutes(1_296), Duration.ofMinutes(1_584)))
                .anySatisfy(pause -> assertThat(pause).isLessThan(Duration.ofMinutes(1_310)))
                .anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofMinutes(1_570)));
    }

    @Test
    void afterTheLastPauseThereIsNoFurtherAttempt() {
        assertThat(retries.after(2)).isPresent();
        assertThat(retries.after(3)).isEmpty();
    }

    private List<Duration> drawn(int attempt) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> retries.after(attempt))
                .flatMap(Optional::stream)
                .toList();
    }
}
