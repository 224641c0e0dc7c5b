package io.fincore.worker;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.fincore.outbox.EventDispatcher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database and what runs beside the workflows on it. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final int EVENTS_PER_BATCH = 100;
    private static final Duration WHEN_IDLE = Duration.ofMillis(200);

    @Bean
    HikariDataSource dataSource(WorkerSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("worker");
        config.setJdbcUrl(settings.database().url());
        config.setUsername(settings.database().user());
        config.setPassword(settings.database().password());
        config.setMaximumPoolSize(settings.database().poolSize());
        config.setConnectionTimeout(Duration.ofSeconds(3).toMillis());
        config.setLeakDetectionThreshold(Duration.ofSeconds(10).toMillis());
        // The process starts without its database too, and waits for it.
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "fincore-worker");
        config.addDataSourceProperty("connectTimeout", "5");
        // The driver's default waits for ever: a database host that vanished would hang every step.
        config.addDataSourceProperty("socketTimeout", "15");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // A worker that is stopped inside a transaction must not hold its locks for longer than its activity may take.
        config.addDataSourceProperty(
                "options", "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=10s");
        return new HikariDataSource(config);
    }

    @Bean
    Relay eventLog(DataSource dataSource, MeterRegistry meters) {
        EventDispatcher dispatcher =
                new EventDispatcher(dataSource, new EventLog(meters), "event-log", EVENTS_PER_BATCH);
        return new Relay("event-log", 1, WHEN_IDLE, () -> dispatcher.dispatchOnce() > 0);
    }
}
