package io.fincore.api.database;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/**
 * One connection for the limits that replicas share. It waits for nothing for long, as no request waits for it, and what it writes may be lost:
 * commits are not flushed.
 *
 * <p>Not a {@code DataSource} itself: the process is ready, and pays, without it.
 */
public final class LimitsDatabase implements AutoCloseable {

    private final HikariDataSource pool;

    LimitsDatabase(HikariDataSource pool) {
        this.pool = pool;
    }

    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
