package io.fincore.worker;

import io.fincore.ledger.ExpiredHolds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives back what clients had authorised and nobody settled in time. */
@Configuration(proxyBeanMethods = false)
class HoldConfiguration {

    /** Few enough that the wallets, which are locked together, wait for a moment only. */
    private static final int HOLDS_PER_BATCH = 100;

    @Bean
    ExpiredHolds expiredHolds(BackgroundDatabase background) {
        return new ExpiredHolds(background.dataSource());
    }

    @Bean
    Relay holdExpiry(ExpiredHolds holds, WorkerSettings settings, MeterRegistry meters) {
        Counter expired = Counter.builder("fincore.holds.expired")
                .description("holds that this process gave back because their deadline had passed")
                .register(meters);
        return new Relay("hold-expiry", 1, settings.holds().expiryInterval(), () -> {
            int released = holds.release(HOLDS_PER_BATCH).size();
            expired.increment(released);
            return released > 0;
        });
    }

    /** Every worker tells the same. */
    @Bean
    MeterBinder overdueHolds(ExpiredHolds holds) {
        return meters -> Gauge.builder("fincore.holds.overdue", holds, ExpiredHolds::overdue)
                .description("holds past their deadline that are still held, over the whole fleet")
                .register(meters);
    }
}
