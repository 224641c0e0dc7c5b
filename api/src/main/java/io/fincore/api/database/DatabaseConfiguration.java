package io.fincore.api.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.fincore.api.settings.FincoreProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A pool for what moves money and what depends on the newest, and one for what can wait or last; beside them a connection for limits. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    HikariDataSource dataSource(FincoreProperties properties) {
        FincoreProperties.Database database = properties.database();
        return new HikariDataSource(Pool.config(
                database, "fincore-api", database.url(), database.poolSize(), database.socketTimeout(), ""));
    }

    @Bean
    ReadDatabase readDatabase(FincoreProperties properties, ObjectProvider<MeterRegistry> meters) {
        FincoreProperties.Database database = properties.database();
        FincoreProperties.Reads reads = database.reads();
        HikariConfig config = Pool.config(
                database,
                "fincore-api-reads",
                reads.url().isEmpty() ? database.url() : reads.url(),
                reads.poolSize(),
                reads.socketTimeout(),
                " -c default_transaction_read_only=on");
        config.setReadOnly(true);
        HikariDataSource pool = new HikariDataSource(config);
        // Spring Boot measures pools that are beans.
        meters.ifAvailable(pool::setMetricRegistry);
        return new ReadDatabase(pool);
    }

    @Bean
    LimitsDatabase limitsDatabase(FincoreProperties properties, ObjectProvider<MeterRegistry> meters) {
        FincoreProperties.Database database = properties.database();
        HikariConfig config = Pool.config(
                database,
                "fincore-api-limits",
                database.url(),
                1,
                Duration.ofSeconds(1),
                " -c synchronous_commit=off -c lock_timeout=500");
        config.setConnectionTimeout(1_000);
        HikariDataSource pool = new HikariDataSource(config);
        meters.ifAvailable(pool::setMetricRegistry);
        return new LimitsDatabase(pool);
    }
}
