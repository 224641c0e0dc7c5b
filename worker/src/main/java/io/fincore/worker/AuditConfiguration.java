package io.fincore.worker;

import io.fincore.audit.Anchor;
import io.fincore.audit.AuditLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chains what is recorded, and anchors the chain outside of the database. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    private static final int RECORDS_AT_ONCE = 2_000;

    /** What comes within it is chained by one transaction: whoever reads the log is as far behind. */
    private static final Duration WHEN_IDLE = Duration.ofSeconds(1);

    /** How much later than due an anchor may be. */
    private static final Duration ANCHOR_LAG = Duration.ofSeconds(5);

    @Bean
    AuditLog auditLog(BackgroundDatabase background) {
        return new AuditLog(background.dataSource());
    }

    /** Goes on at once only where it could not take all: a few records at a time would cost as much as many. */
    @Bean
    Relay auditSealer(AuditLog log) {
        return new Relay("audit-sealer", 1, WHEN_IDLE, () -> log.seal(RECORDS_AT_ONCE) == RECORDS_AT_ONCE);
    }

    @Bean
    Relay auditAnchors(AuditLog log, WorkerSettings settings) {
        return new Relay("audit-anchors", 1, ANCHOR_LAG, new AnchorExport(log, settings.audit().anchorEvery()));
    }

    /** Every worker tells the same: these are counts of the database. */
    @Bean
    MeterBinder auditMetrics(AuditLog log) {
        return registry -> {
            Gauge.builder("fincore.audit.unsealed", () -> log.backlog().unsealed())
                    .description("records of changes that are not chained yet")
                    .register(registry);
            Gauge.builder(
                            "fincore.audit.unsealed.oldest.age",
                            () -> log.backlog()
                                    .oldest()
                                    .map(AuditConfiguration::secondsSince)
                                    .orElse(0.0))
                    .baseUnit("seconds")
                    .description("how long the oldest of them has been waiting")
                    .register(registry);
            Gauge.builder(
                            "fincore.audit.anchor.position",
                            () -> log.lastAnchor().map(Anchor::position).orElse(0L))
                    .description("position of the last anchor; 0 before the first")
                    .register(registry);
            Gauge.builder(
                            "fincore.audit.anchor.age",
                            () -> log.lastAnchor()
                                    .map(anchor -> secondsSince(anchor.anchoredAt()))
                                    .orElse(0.0))
                    .baseUnit("seconds")
                    .description("time since the last anchor; grows while nothing is recorded")
                    .register(registry);
        };
    }

    private static double secondsSince(Instant instant) {
        return Duration.between(instant, Instant.now()).toMillis() / 1000.0;
    }
}
