package io.fincore.ledger;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives back the holds whose deadline has passed. That they can be settled no more does not depend on it, only how soon the money is
 * available again. Any number of processes may do it at once. Needs the role of the worker.
 */
public final class ExpiredHolds {

    private final JdbcClient jdbc;

    public ExpiredHolds(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Releases what has waited longest, in one transaction. Waits for nobody: a wallet in which something moves at this moment has its
     * turn the next time.
     *
     * @param limit the most holds that are released
     * @return their ids, each of them once in the life of the book
     */
    public List<String> release(int limit) {
        return jdbc.sql("SELECT * FROM ledger.release_expired_holds(?)")
                .param(limit)
                .query(String.class)
                .list();
    }

    /** How many holds past their deadline are still held. */
    public long overdue() {
        return jdbc.sql("SELECT count(*) FROM ledger.hold WHERE status = 'held' AND expires_at <= now()")
                .query(Long.class)
                .single();
    }
}
