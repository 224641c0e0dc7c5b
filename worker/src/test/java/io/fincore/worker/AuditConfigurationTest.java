package io.fincore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.fincore.audit.Anchor;
import io.fincore.audit.AuditLog;
import io.fincore.audit.AuditVerdict;
import io.fincore.audit.AuditVerification;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the record to the anchor in the log of the process, as the worker is put together. */
class AuditConfigurationTest {

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Logger exportLog = (Logger) LoggerFactory.getLogger(AnchorExport.class);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    };

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withPropertyValues("fincore.payloads.keys=plain")
            .withUserConfiguration(DatabaseConfiguration.class, AuditConfiguration.class, Surroundings.class)
            .withPropertyValues("fincore.database.url=" + database.jdbcUrl(), "fincore.audit.anchor-every=1s");

    @BeforeEach
    void listen() {
        appender.start();
        // Applications that another test has started may have silenced it.
        exportLog.setLevel(Level.INFO);
        exportLog.addAppender(appender);
        JdbcClient.create(database.as(DatabaseRole.OWNER)).sql("""
                        INSERT INTO audit.unsealed (action, object, object_id, after, origin, recorded_at)
                        VALUES ('wallet.opened', 'wallet', 'wal_1', '{}', audit.origin(), now() - interval '1 hour')""").update();
    }

    @AfterEach
    void stop() {
        exportLog.detachAppender(appender);
    }

    @Test
    void sealsWhatIsRecordedAndExportsAnAnchorOfIt() {
        context.run(started -> {
            Anchor exported = Anchor.parse(String.valueOf(lines.poll(60, TimeUnit.SECONDS)));
            assertThat(exported.position()).isOne();
            assertThat(new AuditVerification(database.as(DatabaseRole.API)).verify(List.of(exported)))
                    .isEqualTo(new AuditVerdict.Verified(1, exported.hash()));

            MeterRegistry meters = metersOf(started.getBean("auditMetrics", MeterBinder.class));
            assertThat(value(meters, "fincore.audit.unsealed")).isZero();
            assertThat(value(meters, "fincore.audit.unsealed.oldest.age")).isZero();
            assertThat(value(meters, "fincore.audit.anchor.position")).isOne();
            assertThat(value(meters, "fincore.audit.anchor.age")).isLessThan(3600);
        });
    }

    @Test
    void showsWhatWaitsToBeSealed() {
        MeterRegistry meters =
                metersOf(new AuditConfiguration().auditMetrics(new AuditLog(database.as(DatabaseRole.WORKER))));

        assertThat(value(meters, "fincore.audit.unsealed")).isOne();
        assertThat(value(meters, "fincore.audit.unsealed.oldest.age")).isBetween(3600.0, 7199.0);
        assertThat(value(meters, "fincore.audit.anchor.position")).isZero();
        assertThat(value(meters, "fincore.audit.anchor.age")).isZero();
    }

    private static MeterRegistry metersOf(MeterBinder binder) {
        MeterRegistry meters = new SimpleMeterRegistry();
        binder.bindTo(meters);
        return meters;
    }

    private static double value(MeterRegistry meters, String gauge) {
        return meters.get(gauge).gauge().value();
    }

    @EnableConfigurationProperties(WorkerSettings.class)
    private static final class Surroundings {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
