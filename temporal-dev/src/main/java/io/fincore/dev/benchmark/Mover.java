package io.fincore.dev.benchmark;

import java.io.IOException;
import java.sql.SQLException;

/** One client of a {@link LedgerSubject}. */
interface Mover extends AutoCloseable {

    /**
     * Moves one minor unit, or that for each transfer of a batch, committed when it returns.
     *
     * @throws java.net.SocketTimeoutException if no answer came in time
     * @throws IOException if another answer than success came, or none
     */
    void move(int source, int destination) throws SQLException, IOException;

    @Override
    void close() throws SQLException, IOException;
}
