package io.fincore.worker;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.fincore.outbox.EventDispatcher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database and what runs beside the workflows on it. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final int EVENTS_PER_BATCH = 100;
    private static final Duration WHEN_IDLE = Duration.ofMillis(200);

    /** What the steps of sagas write: nothing else may take a connection of theirs. */
    @Bean
    HikariDataSource dataSource(WorkerSettings settings) {
        return new HikariDataSource(
                pool(settings.database(), "fincore-worker", settings.database().poolSize()));
    }

    @Bean
    BackgroundDatabase backgroundDatabase(WorkerSettings settings, ObjectProvider<MeterRegistry> meters) {
        HikariDataSource pool = new HikariDataSource(pool(
                settings.database(),
                "fincore-worker-background",
                settings.database().backgroundPoolSize()));
        // Spring Boot measures pools that are beans.
        meters.ifAvailable(pool::setMetricRegistry);
        return new BackgroundDatabase(pool);
    }

    /** @param name of the pool in metrics and logs, and of its connections in {@code pg_stat_activity} */
    static HikariConfig pool(WorkerSettings.Database database, String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(Duration.ofSeconds(3).toMillis());
        config.setLeakDetectionThreshold(Duration.ofSeconds(10).toMillis());
        // The process starts without its database too, and waits for it.
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", name);
        config.addDataSourceProperty("connectTimeout", "5");
        // The driver's default waits for ever: a database host that vanished would hang every step.
        config.addDataSourceProperty("socketTimeout", "15");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // What the server says of a row that it refuses is the row: names and IBANs in messages that reach logs and
        // step records.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        // When it connects the driver names the machine's zone, which wins over options: the server would write times
        // in that zone into its JSON.
        config.setConnectionInitSql("SET TIME ZONE 'UTC'");
        // A worker that is stopped inside a transaction must not hold its locks for longer than its activity may take.
        config.addDataSourceProperty(
                "options", "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=10s");
        return config;
    }

    @Bean
    Relay eventLog(BackgroundDatabase background, MeterRegistry meters) {
        EventDispatcher dispatcher =
                new EventDispatcher(background.dataSource(), new EventLog(meters), "event-log", EVENTS_PER_BATCH);
        return new Relay("event-log", 1, WHEN_IDLE, () -> dispatcher.dispatchOnce() > 0);
    }
}
