package io.fincore.ledger;

import io.fincore.ledger.BookVerdict.Agreed;
import io.fincore.ledger.BookVerdict.Differs;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares the book with the audit log: every transaction has one record, which says what the tables say now, and every record has its
 * transaction. The log proves itself (AuditVerification of the audit module); together they prove the book.
 *
 * <p>It reads in portions, so memory does not grow with the book and no long snapshot holds up the database. A record that waits to be
 * chained counts as one; what it says is compared the next time.
 */
public final class BookVerification {

    private static final int PORTION = 1_000;

    private static final String BOOKED = "transaction.booked";

    private final JdbcClient jdbc;
    private final int portion;

    /** @param dataSource connects as any role */
    public BookVerification(DataSource dataSource) {
        this(dataSource, PORTION);
    }

    BookVerification(DataSource dataSource, int portion) {
        this.jdbc = JdbcClient.create(dataSource);
        this.portion = portion;
    }

    /** Compares all that is chained now, in the order of the log; then looks for what the log does not know, in the order of the book. */
    public BookVerdict verify() {
        return recordThatDiffers()
                .or(this::transactionWithoutRecord)
                .or(this::entryOfNoTransaction)
                .map(BookVerdict.class::cast)
                .orElseGet(() ->
                        new Agreed(number("SELECT count(*) FROM audit.entry WHERE object = 'transaction' AND action = '"
                                + BOOKED + "'")));
    }

    private Optional<Differs> recordThatDiffers() {
        long last = number("SELECT coalesce(max(position), 0) FROM audit.entry");
        for (long from = 1; from <= last; from += portion) {
            Optional<Differs> differs = recordThatDiffers(from, Math.min(from + portion - 1, last));
            if (differs.isPresent()) {
                return differs;
            }
        }
        return Optional.empty();
    }

    private Optional<Differs> recordThatDiffers(long from, long to) {
        return jdbc.sql("""
                        WITH pair AS (
                            SELECT position, object_id, after::jsonb AS was, ledger.transaction_record(object_id) AS now
                              FROM audit.entry WHERE position BETWEEN :from AND :to AND action = :booked)
                        SELECT object_id, was::text, now::text,
                               (SELECT min(o.position) FROM audit.entry o
                                 WHERE o.object = 'transaction' AND o.object_id = pair.object_id AND o.action = :booked) AS first,
                               position
                          FROM pair
                         WHERE was IS DISTINCT FROM now
                            OR EXISTS (SELECT FROM audit.entry o
                                        WHERE o.object = 'transaction' AND o.object_id = pair.object_id AND o.action = :booked
                                          AND o.position < pair.position)
                         ORDER BY position LIMIT 1""")
                .param("from", from)
                .param("to", to)
                .param("booked", BOOKED)
                .query((row, number) -> {
                    String transaction = row.getString("object_id");
                    String now = row.getString("now");
                    if (row.getLong("first") < row.getLong("position")) {
                        return new Differs(
                                transaction,
                                "it is recorded twice, at " + row.getLong("first") + " and " + row.getLong("position"));
                    }
                    return new Differs(
                            transaction,
                            now == null
                                    ? "it is recorded at " + row.getLong("position") + ", and not in the book"
                                    : differences(row.getString("was"), now));
                })
                .optional();
    }

    /** In words, each against what was recorded; entries are told apart by account and number. */
    private String differences(String was, String now) {
        List<String> differences = jdbc.sql("""
                        WITH was AS (
                            SELECT e ->> 'account' AS account, e ->> 'seq' AS seq, e FROM jsonb_array_elements(:was::jsonb -> 'entries') e),
                        now AS (
                            SELECT e ->> 'account' AS account, e ->> 'seq' AS seq, e
                              FROM jsonb_array_elements(nullif(:now::jsonb -> 'entries', 'null')) e),
                        gone AS (SELECT * FROM was WHERE NOT EXISTS (SELECT FROM now n WHERE (n.account, n.seq) = (was.account, was.seq))),
                        new AS (SELECT * FROM now WHERE NOT EXISTS (SELECT FROM was w WHERE (w.account, w.seq) = (now.account, now.seq)))
                        SELECT key || ' is ' || coalesce(n.value::text, 'absent') || ', recorded was ' || coalesce(w.value::text, 'nothing')
                          FROM jsonb_each(:was::jsonb - 'entries') w FULL JOIN jsonb_each(:now::jsonb - 'entries') n USING (key)
                         WHERE w.value IS DISTINCT FROM n.value
                        UNION ALL
                        SELECT 'entry ' || w.seq || ' of account ' || w.account || ' was changed: '
                                   || (SELECT string_agg(key || ' is ' || coalesce(b.value::text, 'absent') || ', recorded was '
                                                             || coalesce(a.value::text, 'nothing'), '; ' ORDER BY key)
                                         FROM jsonb_each(w.e) a FULL JOIN jsonb_each(n.e) b USING (key)
                                        WHERE a.value IS DISTINCT FROM b.value)
                          FROM was w JOIN now n USING (account, seq) WHERE w.e <> n.e
                        UNION ALL
                        SELECT 'entry ' || w.seq || ' of account ' || w.account || ' was moved: it is number ' || n.seq
                          FROM gone w JOIN new n USING (account)
                        UNION ALL
                        SELECT 'entry ' || w.seq || ' of account ' || w.account || ' is missing'
                          FROM gone w WHERE account NOT IN (SELECT account FROM new)
                        UNION ALL
                        SELECT 'entry ' || n.seq || ' of account ' || n.account || ' was added'
                          FROM new n WHERE account NOT IN (SELECT account FROM gone)""")
                .param("was", was)
                .param("now", now)
                .query(String.class)
                .list();
        return differences.isEmpty() ? "its entries are not the recorded ones" : String.join("; ", differences);
    }

    private Optional<Differs> transactionWithoutRecord() {
        String after = "";
        while (true) {
            List<Looked> page = jdbc.sql("""
                            SELECT t.id, EXISTS (SELECT FROM audit.entry e WHERE e.object = 'transaction' AND e.object_id = t.id
                                                    AND e.action = :booked)
                                             OR t.id IN (SELECT audit.waiting(:booked)) AS fits
                              FROM ledger.transaction t WHERE t.id > :after ORDER BY t.id LIMIT :portion""")
                    .param("booked", BOOKED)
                    .param("after", after)
                    .param("portion", portion)
                    .query((row, number) -> new Looked(row.getString("id"), row.getBoolean("fits")))
                    .list();
            Optional<Looked> stray =
                    page.stream().filter(looked -> !looked.fits).findFirst();
            if (stray.isPresent()) {
                return Optional.of(new Differs(stray.get().id, "it is in the book, and was never recorded"));
            }
            if (page.size() < portion) {
                return Optional.empty();
            }
            after = page.getLast().id;
        }
    }

    /** A record says nothing of entries that name no transaction, nor of the copy of the instant that each entry has. */
    private Optional<Differs> entryOfNoTransaction() {
        long account = Long.MIN_VALUE;
        long seq = 0;
        while (true) {
            List<LookedEntry> page = jdbc.sql("""
                            SELECT e.account_id, e.seq, e.transaction_id, t.booked_at IS NOT NULL AS known,
                                   t.booked_at IS DISTINCT FROM e.booked_at AS differs
                              FROM ledger.entry e LEFT JOIN ledger.transaction t ON t.id = e.transaction_id
                             WHERE (e.account_id, e.seq) > (:account, :seq) ORDER BY e.account_id, e.seq LIMIT :portion""")
                    .param("account", account)
                    .param("seq", seq)
                    .param("portion", portion)
                    .query((row, number) -> new LookedEntry(
                            row.getLong("account_id"),
                            row.getLong("seq"),
                            row.getString("transaction_id"),
                            row.getBoolean("known"),
                            row.getBoolean("differs")))
                    .list();
            Optional<LookedEntry> stray =
                    page.stream().filter(entry -> entry.differs).findFirst();
            if (stray.isPresent()) {
                LookedEntry entry = stray.get();
                String words = entry.known
                        ? " has another instant than its transaction"
                        : " names a transaction that is not in the book";
                return Optional.of(new Differs(
                        entry.transactionId, "entry " + entry.seq + " of account " + entry.account + words));
            }
            if (page.size() < portion) {
                return Optional.empty();
            }
            account = page.getLast().account;
            seq = page.getLast().seq;
        }
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private record Looked(String id, boolean fits) {}

    private record LookedEntry(long account, long seq, String transactionId, boolean known, boolean differs) {}
}
