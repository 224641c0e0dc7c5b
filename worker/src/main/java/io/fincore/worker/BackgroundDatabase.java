package io.fincore.worker;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/**
 * Connections for what runs beside the sagas: relays, notifications, counts. A backlog of theirs waits here, and not in front of a
 * payment.
 *
 * <p>Not a {@code DataSource} itself: whoever injects one gets the sagas', and the process is ready without this one.
 */
final class BackgroundDatabase implements AutoCloseable {

    private final HikariDataSource pool;

    BackgroundDatabase(HikariDataSource pool) {
        this.pool = pool;
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
