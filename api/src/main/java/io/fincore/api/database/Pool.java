package io.fincore.api.database;

import com.zaxxer.hikari.HikariConfig;
import io.fincore.api.settings.FincoreProperties;
import java.time.Duration;

/** What both pools have in common. */
final class Pool {

    private Pool() {}

    /**
     * @param name of the pool in metrics and logs, and of its connections in {@code pg_stat_activity}
     * @param socketTimeout when a silent server is given up
     * @param sessionOptions more of what the server shall keep to, {@code -c name=value} each
     */
    static HikariConfig config(
            FincoreProperties.Database database,
            String name,
            String url,
            int size,
            Duration socketTimeout,
            String sessionOptions) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(database.acquireTimeout().toMillis());
        config.setLeakDetectionThreshold(database.leakAfter().toMillis());
        // The API starts, and says that it is not ready, while the database is away.
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", name);
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", Long.toString(socketTimeout.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // What the server says of a row that it refuses is the row: names and IBANs in messages that reach logs and
        // step records.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        // When it connects the driver names the machine's zone, which wins over options: the server would write times
        // in that zone into its JSON.
        config.setConnectionInitSql("SET TIME ZONE 'UTC'");
        // The server gives up first, so that a statement does not outlive the client that waited for it.
        config.addDataSourceProperty(
                "options",
                "-c statement_timeout=" + socketTimeout.toMillis() * 9 / 10 + " -c idle_in_transaction_session_timeout="
                        + socketTimeout.toMillis() + sessionOptions);
        return config;
    }
}
