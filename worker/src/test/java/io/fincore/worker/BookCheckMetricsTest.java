package io.fincore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.steps.BookCheck;
import io.fincore.steps.BookCheckJob.Last;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BookCheckMetricsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void tellWhatTheLastCheckHasFound() {
        Last last = new Last(Duration.ofMinutes(3), Duration.ofMillis(1500), Map.of("balances", 7L, "holds", 0L));
        new BookCheckMetrics(() -> Optional.of(last)).bindTo(meters);

        assertThat(meters.find("fincore.book.violations").gauges()).hasSameSizeAs(BookCheck.names());
        assertThat(violations("balances")).isEqualTo(7);
        assertThat(violations("holds")).isZero();
        assertThat(violations("clearing"))
                .as("not made by the version that made the last check")
                .isZero();
        assertThat(meters.get("fincore.book.check.age").gauge().value()).isEqualTo(180);
        assertThat(meters.get("fincore.book.check.duration").gauge().value()).isEqualTo(1.5);
    }

    @Test
    void tellNothingWhileNoneWasMade() {
        new BookCheckMetrics(Optional::empty).bindTo(meters);

        assertThat(violations("balances")).isNaN();
        assertThat(meters.get("fincore.book.check.age").gauge().value()).isNaN();
    }

    private double violations(String check) {
        return meters.get("fincore.book.violations").tag("check", check).gauge().value();
    }
}
