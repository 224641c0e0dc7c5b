package io.fincore.ledger;

import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The past of wallets: movements by pages, and statements of periods. */
public final class History {

    /** Rows that are in memory at a time while a statement is streamed. */
    private static final int FETCH = 500;

    /** Its value is known before the entries are read, so that they come by their index in their order; from a join they would be sorted. */
    private static final String ACCOUNT = "(SELECT w.account_id FROM ledger.wallet w WHERE w.id = :wallet)";

    /** Entries are numbered in the order of their time: a period is a range of the index that gives them their order. */
    private static final String SINCE = "e.seq >= (SELECT c.seq FROM ledger.entry c WHERE c.account_id = " + ACCOUNT
            + " AND c.booked_at >= :from ORDER BY c.booked_at LIMIT 1)";

    private static final String UNTIL = "e.seq <= (SELECT c.seq FROM ledger.entry c WHERE c.account_id = " + ACCOUNT
            + " AND c.booked_at < :until ORDER BY c.booked_at DESC LIMIT 1)";

    private static final String SELECT = """
            SELECT e.seq, t.id, t.kind, e.side, e.amount, e.currency, e.balance_after, t.reference, t.hold_id, t.reverses,
                   t.booked_at, other.wallet_id AS counterpart,\s""" + Metadata.columns("t") + """

              FROM ledger.entry e
              JOIN ledger.transaction t ON t.id = e.transaction_id
              LEFT JOIN LATERAL (
                    SELECT ow.id AS wallet_id FROM ledger.entry o JOIN ledger.wallet ow ON ow.account_id = o.account_id
                     WHERE o.transaction_id = t.id AND o.account_id <> e.account_id) AS other ON true
             WHERE e.account_id =\s""" + ACCOUNT;

    private final Place primary;
    private final Place reads;
    private final Wallets wallets;

    /** Reads everything from one database, which must be the primary: see {@link #statement}. */
    public History(DataSource primary) {
        this(primary, primary);
    }

    /**
     * @param primary where movements are booked; asked for what must not be missed
     * @param reads for what takes long; may be a copy that is behind. Whatever it does not have yet is read from the primary
     */
    public History(DataSource primary, DataSource reads) {
        this.primary = new Place(primary);
        this.reads = new Place(reads);
        wallets = new Wallets(primary);
    }

    /**
     * The newest first, or after {@code newerThan} the oldest first; none if a transaction named there is not the wallet's. The very
     * newest may be missing where reads are behind.
     */
    public List<Movement> movements(MovementQuery query) {
        String named = query.newerThan() == null ? query.olderThan() : query.newerThan();
        // Nothing comes after a transaction that is not there: the page would look like the last one.
        return named == null
                ? movements(reads, query)
                : reads.orElse(primary, place -> place.has(query.walletId(), named), place -> movements(place, query));
    }

    private static List<Movement> movements(Place place, MovementQuery query) {
        StringBuilder sql = new StringBuilder(SELECT);
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("wallet", query.walletId());
        narrow(sql, values, "from", SINCE, query.from() == null ? null : utc(query.from()));
        narrow(sql, values, "until", UNTIL, query.until() == null ? null : utc(query.until()));
        narrow(
                sql,
                values,
                "kind",
                "t.kind = :kind",
                query.kind() == null ? null : query.kind().name().toLowerCase(Locale.ROOT));
        narrow(sql, values, "minAmount", "e.amount >= :minAmount", query.minAmount());
        narrow(sql, values, "maxAmount", "e.amount <= :maxAmount", query.maxAmount());
        narrow(sql, values, "counterpart", "other.wallet_id = :counterpart", query.counterpart());
        narrow(sql, values, "newerThan", "e.seq > " + seqOf("newerThan"), query.newerThan());
        narrow(sql, values, "olderThan", "e.seq < " + seqOf("olderThan"), query.olderThan());
        if (!query.metadata().isEmpty()) {
            narrow(
                    sql,
                    values,
                    "metadata",
                    "t.metadata @> jsonb_object(:metadata)",
                    Metadata.flatten(query.metadata()));
        }
        sql.append(query.newerThan() == null ? " ORDER BY e.seq DESC" : " ORDER BY e.seq")
                .append(" LIMIT :limit");
        values.put("limit", query.limit());
        return place.jdbc
                .sql(sql.toString())
                .params(values)
                .query((row, number) -> read(row))
                .list();
    }

    /** Whether the transaction moved money of the wallet, so that it can be named in a {@link MovementQuery}. */
    public boolean has(String walletId, String transactionId) {
        return primary.has(walletId, transactionId);
    }

    /**
     * Sums up a period that has passed. Waits for movements of the wallet that are not committed yet, so the answer stays the same for
     * ever; needs the right to execute {@code ledger.balance_at} on the primary.
     *
     * @param from the first instant of the period
     * @param until the first instant after it
     * @return empty if there is no such wallet, or the period is not over
     * @throws IllegalArgumentException if the period ends before it begins
     */
    public Optional<Statement> statement(String walletId, Instant from, Instant until) {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("the period ends before it begins");
        }
        Optional<Money> closing = wallets.balanceAt(walletId, justBefore(until)).map(PastBalance::balance);
        Optional<Money> opening = wallets.balanceAt(walletId, justBefore(from)).map(PastBalance::balance);
        if (closing.isEmpty() || opening.isEmpty()) {
            return Optional.empty();
        }
        Wallet wallet = wallets.find(walletId).orElseThrow();
        long lastSeq = primary.lastSeq(walletId, until);
        Statement statement = reads.orElse(primary, place -> place.reaches(walletId, lastSeq), place -> {
            Sums sums = place.sums(walletId, from, until);
            return new Statement(
                    wallet,
                    from,
                    until,
                    opening.get(),
                    closing.get(),
                    new Turnover(sums.creditCount, sums.credits.toBigIntegerExact(), wallet.currency()),
                    new Turnover(sums.debitCount, sums.debits.toBigIntegerExact(), wallet.currency()),
                    lastSeq);
        });
        if (!statement.addsUp()) {
            throw new IllegalStateException(
                    "the book of " + walletId + " is not sound between " + from + " and " + until);
        }
        return Optional.of(statement);
    }

    /** Hands on the movements of a statement in their order, a portion at a time in memory. */
    public void movements(Statement statement, Consumer<Movement> consumer) {
        reads.orElse(primary, place -> place.reaches(statement.wallet().id(), statement.lastSeq()), place -> {
            place.stream(statement, consumer);
            return statement;
        });
    }

    private static void narrow(
            StringBuilder sql,
            Map<String, @Nullable Object> values,
            String name,
            String condition,
            @Nullable Object value) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            values.put(name, value);
        }
    }

    private static String seqOf(String transaction) {
        return "(SELECT c.seq FROM ledger.entry c WHERE c.transaction_id = :" + transaction + " AND c.account_id = "
                + ACCOUNT + ")";
    }

    private static Movement read(ResultSet row) throws SQLException {
        Currency currency = new Currency(row.getString("currency"));
        return new Movement(
                row.getLong("seq"),
                row.getString("id"),
                Columns.constant(TransactionKind.class, row.getString("kind")),
                Columns.constant(Side.class, row.getString("side")),
                new Money(row.getLong("amount"), currency),
                new Money(row.getLong("balance_after"), currency),
                row.getString("counterpart"),
                row.getString("reference"),
                row.getString("hold_id"),
                row.getString("reverses"),
                Metadata.read(row),
                Columns.instant(row, "booked_at"));
    }

    private record Sums(long creditCount, BigDecimal credits, long debitCount, BigDecimal debits) {}

    /** A database to read from. */
    private static final class Place {

        private final JdbcClient jdbc;
        private final JdbcClient portions;
        private final TransactionTemplate transaction;

        Place(DataSource dataSource) {
            jdbc = JdbcClient.create(dataSource);
            JdbcTemplate inPortions = new JdbcTemplate(dataSource);
            inPortions.setFetchSize(FETCH);
            portions = JdbcClient.create(inPortions);
            transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
            transaction.setReadOnly(true);
        }

        /**
         * Asks this place if it knows enough, else the other one. Question and answer are on one connection: the next one may lead to
         * another copy. Without a transaction the driver would also read all rows at once.
         */
        <T> T orElse(Place other, Predicate<Place> knowsEnough, Function<Place, T> read) {
            Optional<T> answer = Objects.requireNonNull(transaction.execute(
                    status -> knowsEnough.test(this) ? Optional.of(read.apply(this)) : Optional.empty()));
            // This one's connection is back by now.
            return answer.isPresent()
                    ? answer.get()
                    : Objects.requireNonNull(other.transaction.execute(status -> read.apply(other)));
        }

        boolean has(String walletId, String transactionId) {
            return jdbc.sql("""
                            SELECT EXISTS (SELECT FROM ledger.wallet w JOIN ledger.entry e ON e.account_id = w.account_id
                                            WHERE w.id = ? AND e.transaction_id = ?)""")
                    .params(walletId, transactionId)
                    .query(Boolean.class)
                    .single();
        }

        /** Movements of a wallet are committed in their order, so whoever has one has all before it. */
        boolean reaches(String walletId, long seq) {
            return seq == 0
                    || jdbc.sql("""
                            SELECT EXISTS (SELECT FROM ledger.wallet w JOIN ledger.entry e ON e.account_id = w.account_id
                                            WHERE w.id = ? AND e.seq = ?)""").params(walletId, seq).query(Boolean.class).single();
        }

        long lastSeq(String walletId, Instant until) {
            return jdbc.sql("""
                            SELECT e.seq FROM ledger.entry e WHERE e.account_id = %s AND e.booked_at < :until
                             ORDER BY e.booked_at DESC LIMIT 1""".formatted(ACCOUNT))
                    .param("wallet", walletId)
                    .param("until", utc(until))
                    .query(Long.class)
                    .optional()
                    .orElse(0L);
        }

        Sums sums(String walletId, Instant from, Instant until) {
            return jdbc.sql("""
                            SELECT count(*) FILTER (WHERE e.side = 'credit') AS credit_count,
                                   coalesce(sum(e.amount) FILTER (WHERE e.side = 'credit'), 0) AS credits,
                                   count(*) FILTER (WHERE e.side = 'debit') AS debit_count,
                                   coalesce(sum(e.amount) FILTER (WHERE e.side = 'debit'), 0) AS debits
                              FROM ledger.entry e
                             WHERE e.account_id = %s AND e.booked_at >= :from AND e.booked_at < :until""".formatted(ACCOUNT))
                    .param("wallet", walletId)
                    .param("from", utc(from))
                    .param("until", utc(until))
                    .query((row, number) -> new Sums(
                            row.getLong("credit_count"),
                            row.getBigDecimal("credits"),
                            row.getLong("debit_count"),
                            row.getBigDecimal("debits")))
                    .single();
        }

        void stream(Statement statement, Consumer<Movement> consumer) {
            try (Stream<Movement> movements = portions
                    .sql(SELECT + " AND " + SINCE + " AND " + UNTIL + " ORDER BY e.seq")
                    .param("wallet", statement.wallet().id())
                    .param("from", utc(statement.from()))
                    .param("until", utc(statement.until()))
                    .query((row, number) -> read(row))
                    .stream()) {
                movements.forEach(consumer);
            }
        }
    }

    /** The book's clock counts microseconds. */
    private static Instant justBefore(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).minus(1, ChronoUnit.MICROS);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
