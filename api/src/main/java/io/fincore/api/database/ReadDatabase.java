package io.fincore.api.database;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where lists, timelines and the transactions of statements are read, on connections of their own that cannot write, so that no reader
 * takes one that a payment needs. It may be a replica that is behind: for what must be found right after it was written the primary is
 * asked.
 *
 * <p>Not a {@code DataSource} itself: the process is ready, and pays, without it.
 */
public final class ReadDatabase implements AutoCloseable {

    private final HikariDataSource pool;
    private final JdbcClient jdbc;

    ReadDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.jdbc = JdbcClient.create(pool);
    }

    public DataSource dataSource() {
        return pool;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    @Override
    public void close() {
        pool.close();
    }
}
