package io.fincore.steps;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.fincore.audit.Anchor;
import io.fincore.audit.AuditVerdict;
import io.fincore.audit.AuditVerification;
import io.fincore.ledger.BookVerdict;
import io.fincore.ledger.BookVerification;
import java.util.ArrayList;
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
 * and locks nothing; while it runs, the database keeps the rows that were changed meanwhile. The audit log, which only grows, is
 * verified afterwards, and the book compared with it, so that its length does not lengthen that.
 */
public final class BookCheck {

    /** How many culprits are named at most; all are counted. */
    static final int CULPRITS = 20;

    private static final List<Invariant> INVARIANTS = Stream.concat(
                    LedgerInvariants.ALL.stream(), PaymentInvariants.ALL.stream())
            .toList();

    private static final String AUDIT_CHAIN = "audit-chain";
    private static final String AUDIT_RECORDS = "audit-records";

    private final JdbcClient jdbc;
    private final TransactionTemplate snapshot;
    private final AuditVerification audit;
    private final BookVerification records;

    /** @param dataSource connects as the worker, and lets a statement take minutes */
    public BookCheck(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
        snapshot = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
        audit = new AuditVerification(dataSource);
        records = new BookVerification(dataSource);
    }

    /**
     * One finding per check, always in the same order, whether or not something was found.
     *
     * @param anchors of the audit log that were kept outside; without them a log that was rewritten as a whole looks sound
     */
    public List<Finding> run(List<Anchor> anchors) {
        return run(anchors, () -> {});
    }

    /** @param beforeEach is called before each check; what it throws ends them */
    List<Finding> run(List<Anchor> anchors, Runnable beforeEach) {
        List<Finding> findings = new ArrayList<>(Objects.requireNonNull(snapshot.execute(status -> INVARIANTS.stream()
                .map(invariant -> {
                    beforeEach.run();
                    return invariant.check(jdbc);
                })
                .toList())));
        beforeEach.run();
        findings.add(verifyAudit(anchors));
        beforeEach.run();
        findings.add(verifyRecords());
        return findings;
    }

    private Finding verifyAudit(List<Anchor> anchors) {
        List<String> broken = switch (audit.verify(anchors)) {
            case AuditVerdict.Verified verified -> List.of();
            case AuditVerdict.Broken row -> List.of("position " + row.position() + ": " + row.what());
        };
        return new Finding(
                AUDIT_CHAIN,
                "the audit log is chained as it was written, and contains its anchors",
                broken.size(),
                broken);
    }

    private Finding verifyRecords() {
        List<String> broken = switch (records.verify()) {
            case BookVerdict.Agreed agreed -> List.of();
            case BookVerdict.Differs first -> List.of(first.transactionId() + ": " + first.what());
        };
        return new Finding(
                AUDIT_RECORDS, "every transaction is what the audit log has recorded of it", broken.size(), broken);
    }

    /** The names of all checks, in the order of their findings. */
    public static List<String> names() {
        return Stream.concat(INVARIANTS.stream().map(Invariant::name), Stream.of(AUDIT_CHAIN, AUDIT_RECORDS))
                .toList();
    }

    /**
     * What a check has found.
     *
     * @param check its name, {@code transactions-balance}
     * @param meaning what should hold, in words
     * @param violations how many rows break it, 0 if it holds; of the audit log and its records, which are read up to the first bad row, 1
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
