package io.fincore.api.erasures;

import io.fincore.api.database.ReadDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * Which erasures are open, of all tenants. Counts of the database: each replica tells the same. Overdue is what the clock says: a workflow
 * that is gone would not have written it down.
 */
@Component
class ErasureMetrics implements MeterBinder {

    private static final String OPEN = """
            SELECT count(*) FILTER (WHERE deadline > clock_timestamp()), count(*) FILTER (WHERE deadline <= clock_timestamp()),
                   coalesce(1000 * extract(epoch FROM clock_timestamp() - min(ordered_at)), 0)
            FROM read.erasure WHERE status IN ('pending', 'overdue')
            """;

    private final ReadDatabase reads;

    ErasureMetrics(ReadDatabase reads) {
        this.reads = reads;
    }

    private record Open(long pending, long overdue, Duration oldest) {}

    @Override
    public void bindTo(MeterRegistry registry) {
        depth(registry, "pending", Open::pending);
        depth(registry, "overdue", Open::overdue);
        Gauge.builder("fincore.erasures.oldest.age", () -> read().oldest().toMillis() / 1000.0)
                .baseUnit("seconds")
                .description("how long ago the oldest open erasure was requested; 30 days is too long")
                .register(registry);
    }

    private void depth(MeterRegistry registry, String status, ToDoubleFunction<Open> count) {
        Gauge.builder("fincore.erasures.depth", () -> count.applyAsDouble(read()))
                .tag("status", status)
                .description("erasures that wait for what is open, before and after their deadline")
                .register(registry);
    }

    private Open read() {
        return reads.jdbc()
                .sql(OPEN)
                .query((row, number) -> new Open(row.getLong(1), row.getLong(2), Duration.ofMillis(row.getLong(3))))
                .single();
    }
}
