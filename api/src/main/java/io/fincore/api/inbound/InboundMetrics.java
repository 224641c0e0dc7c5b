package io.fincore.api.inbound;

import io.fincore.api.database.ReadDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** What waits to be handed on and what was laid aside. Counts of the database: each replica tells the same. */
@Component
class InboundMetrics implements MeterBinder {

    private final ReadDatabase reads;

    InboundMetrics(ReadDatabase reads) {
        this.reads = reads;
    }

    private record Open(long pending, long dead, Duration oldest) {}

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String provider : InboundFilter.PROVIDERS) {
            depth(registry, provider, "pending", Open::pending);
            depth(registry, provider, "dead", Open::dead);
            Gauge.builder("fincore.inbound.oldest.age", () -> read(provider).oldest().toMillis() / 1000.0)
                    .tag("provider", provider)
                    .baseUnit("seconds")
                    .description("how long the oldest pending callback has been waiting")
                    .register(registry);
        }
    }

    private void depth(MeterRegistry registry, String provider, String status, ToDoubleFunction<Open> count) {
        Gauge.builder("fincore.inbound.depth", () -> count.applyAsDouble(read(provider)))
                .tag("provider", provider)
                .tag("status", status)
                .description("callbacks that wait to be handed on, or were laid aside for a person")
                .register(registry);
    }

    private Open read(String provider) {
        return reads.jdbc()
                .sql("""
                SELECT count(*) FILTER (WHERE status = 'pending'), count(*) FILTER (WHERE status = 'dead'),
                       coalesce(1000 * extract(epoch FROM clock_timestamp() - min(received_at) FILTER (WHERE status = 'pending')), 0)
                FROM intake.inbound_event WHERE status <> 'done' AND provider = :provider
                """)
                .param("provider", provider)
                .query((row, number) -> new Open(row.getLong(1), row.getLong(2), Duration.ofMillis(row.getLong(3))))
                .single();
    }
}
