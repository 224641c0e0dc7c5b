package io.fincore.api.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.fincore.api.settings.FincoreProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One pool for reads and writes; a pool of its own for reads comes when there is a replica to read from. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    HikariDataSource dataSource(FincoreProperties properties) {
        FincoreProperties.Database database = properties.database();
        HikariConfig config = new HikariConfig();
        config.setPoolName("fincore");
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(database.poolSize());
        config.setConnectionTimeout(database.acquireTimeout().toMillis());
        config.setLeakDetectionThreshold(database.leakAfter().toMillis());
        // The API starts, and says that it is not ready, while the database is away.
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "fincore-api");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty(
                "socketTimeout", Long.toString(database.socketTimeout().toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // The server gives up first, so that a statement does not outlive the client that waited for it.
        config.addDataSourceProperty(
                "options",
                "-c statement_timeout=" + database.socketTimeout().toMillis() * 9 / 10
                        + " -c idle_in_transaction_session_timeout="
                        + database.socketTimeout().toMillis());
        return new HikariDataSource(config);
    }
}
