package io.fincore.steps;

import io.fincore.workflows.FailureType;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells outages, which pass, from faults, which a person must mend. */
final class Faults {

    /** A fault that is not an outage is given up when it was met so often. */
    static final int FAULTS_PER_STEP = 5;

    /**
     * Classes of SQLSTATE (PostgreSQL's appendix A) that are nobody's mistake: connection, transaction rollback (serialisation,
     * deadlock), insufficient resources, operator intervention. 25006 is a
     * standby met during a failover, 25P03 our own limit on idle transactions, 55P03 the one on waiting for locks.
     */
    private static final Set<String> OUTAGE_CLASSES = Set.of("08", "40", "53", "57");

    private static final Set<String> OUTAGE_STATES = Set.of("25006", "25P03", "25P04", "55P03");

    private Faults() {}

    static boolean isOutage(Throwable fault) {
        for (@Nullable Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof SocketException
                    || (cause instanceof SQLException sql && isOutageState(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    /** What the innermost cause says: the database's own words rather than those of the libraries around it. */
    static String describe(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** The failure that tells Temporal whether to repeat the attempt. An outage is always repeated. */
    static ApplicationFailure toFailure(RuntimeException fault, boolean giveUp) {
        String message = describe(fault);
        if (isOutage(fault)) {
            return FailureType.INFRASTRUCTURE.retryable(message, fault);
        }
        return giveUp
                ? FailureType.PERMANENT.nonRetryable(message, fault)
                : FailureType.FAULT.retryable(message, fault);
    }

    /**
     * Whether the running activity may give a fault up. A local one may not: its attempts follow each other within a
     * second, too fast for anything to get better.
     */
    static boolean mayGiveUp() {
        return !Activity.getExecutionContext().getInfo().isLocal();
    }

    private static boolean isOutageState(@Nullable String state) {
        return state != null
                && (OUTAGE_STATES.contains(state)
                        || (state.length() == 5 && OUTAGE_CLASSES.contains(state.substring(0, 2))));
    }
}
