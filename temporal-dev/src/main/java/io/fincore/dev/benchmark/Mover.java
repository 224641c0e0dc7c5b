package io.fincore.dev.benchmark;

import java.sql.SQLException;

/** One client of a {@link LedgerSubject}. */
@FunctionalInterface
interface Mover {

    /** Moves one minor unit, committed when it returns. */
    void move(int source, int destination) throws SQLException;
}
