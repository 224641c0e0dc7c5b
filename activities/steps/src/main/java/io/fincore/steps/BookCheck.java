package io.fincore.steps;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks the book's invariants, all of one instant: a check never alarms because something is under way. Reads every entry several times
 * and locks nothing; while it runs, the database keeps the rows that were changed meanwhile.
 */
public final class BookCheck {

    /** How many culprits are named at most; all are counted. */
    static final int CULPRITS = 20;

    private static final List<Invariant> INVARIANTS =
            Stream.concat(LedgerInvariants.ALL.stream(), PaymentInvariants.ALL.stream()).toList();

    private final JdbcClient jdbc;
    private final TransactionTemplate snapshot;

    /** @param dataSource connects as the worker, and lets a statement take minutes */
    public BookCheck(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
        snapshot = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** One finding per check, always in the same order, whether or not something was found. */
    public List<Finding> run() {
        return run(() -> {});
    }

    /** @param beforeEach is called before each check; what it throws ends them */
    List<Finding> run(Runnable beforeEach) {
        return Objects.requireNonNull(snapshot.execute(status -> INVARIANTS.stream()
                .map(invariant -> {
                    beforeEach.run();
                    return invariant.check(jdbc);
                })
                .toList()));
    }

    /** The names of all checks, in the order of their findings. */
    public static List<String> names() {
        return INVARIANTS.stream().map(Invariant::name).toList();
    }

    /**
     * What a check has found.
     *
     * @param check its name, {@code transactions-balance}
     * @param meaning what should hold, in words
     * @param violations how many rows break it, 0 if it holds
     * @param culprits some of them, each named in words
     */
    public record Finding(String check, String meaning, long violations, List<String> culprits) {

        public Finding {
            culprits = List.copyOf(culprits);
        }

        @JsonIgnore
        public boolean isSound() {
            return violations == 0;
        }
    }
}
