package io.fincore.worker;

import io.fincore.steps.BookCheck;
import io.fincore.steps.BookCheckJob.Last;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the last check of the book has found, whichever worker made it: every worker tells the same. NaN until there is one. */
final class BookCheckMetrics implements MeterBinder {

    /** Gauges are read one by one, and all of them want the same row. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Supplier<Optional<Last>> last;
    private @Nullable Seen seen;

    BookCheckMetrics(Supplier<Optional<Last>> last) {
        this.last = last;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (String check : BookCheck.names()) {
            Gauge.builder(
                            "fincore.book.violations",
                            () -> read(found -> found.violations().getOrDefault(check, 0L)))
                    .tag("check", check)
                    .description("how many rows break what the check checks, when it was last made")
                    .register(meters);
        }
        Gauge.builder("fincore.book.check.age", () -> read(found -> found.age().toMillis() / 1000.0))
                .baseUnit("seconds")
                .description("how long ago the last check was completed")
                .register(meters);
        Gauge.builder(
                        "fincore.book.check.duration",
                        () -> read(found -> found.took().toMillis() / 1000.0))
                .baseUnit("seconds")
                .description("how long the last check took")
                .register(meters);
    }

    private double read(Function<Last, Number> value) {
        return latest().map(value).map(Number::doubleValue).orElse(Double.NaN);
    }

    private synchronized Optional<Last> latest() {
        Seen before = seen;
        if (before == null || System.nanoTime() - before.atNanos > FRESH.toNanos()) {
            before = new Seen(last.get(), System.nanoTime());
            seen = before;
        }
        return before.last;
    }

    private record Seen(Optional<Last> last, long atNanos) {}
}
