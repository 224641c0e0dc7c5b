package io.fincore.ledger;

import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the whole book, for reconciliation and to prove its invariants. Sums go over all entries: not for a request's
 * path.
 */
public final class Book {

    private final JdbcClient jdbc;

    public Book(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /** One per currency that has entries, in the order of the codes. */
    public List<TrialBalance> trialBalances() {
        return jdbc.sql("""
                        SELECT e.currency, a.code,
                               coalesce(sum(e.amount) FILTER (WHERE e.side = 'debit'), 0) AS debits,
                               coalesce(sum(e.amount) FILTER (WHERE e.side = 'credit'), 0) AS credits,
                               sum(CASE WHEN e.side = a.normal_side THEN e.amount ELSE -e.amount END) AS balance
                          FROM ledger.entry e JOIN ledger.account a ON a.id = e.account_id
                         GROUP BY e.currency, a.code
                         ORDER BY e.currency, a.code
                        """).query(Book::readTrialBalances);
    }

    /** The sum of the clearing account in minor units: what is under way through the bank, zero when all is settled. */
    public BigInteger clearing(Currency currency) {
        return trialBalances().stream()
                .filter(balance -> balance.currency().equals(currency))
                .map(balance -> balance.balanceOf(AccountCode.BANK_CLEARING))
                .findFirst()
                .orElse(BigInteger.ZERO);
    }

    /** The holds of all wallets that are neither settled nor released, the oldest first. */
    public List<PendingHold> openHolds() {
        return jdbc.sql("""
                        SELECT h.currency,
                        """ + HoldRows.COLUMNS + """
                          FROM ledger.hold h WHERE h.status = 'held' ORDER BY h.placed_at, h.id
                        """)
                .query((row, number) -> HoldRows.read(row, new Currency(row.getString("currency"))))
                .list();
    }

    /** A transaction with its entries; empty if there is none with this id. */
    public Optional<Transaction> transaction(String transactionId) {
        return jdbc.sql("""
                        SELECT t.id, t.kind, t.reference, t.hold_id, t.reverses, t.booked_at,
                               e.account_id, a.code, e.seq, e.side, e.amount, e.currency, e.balance_after
                          FROM ledger.transaction t
                          JOIN ledger.entry e ON e.transaction_id = t.id
                          JOIN ledger.account a ON a.id = e.account_id
                         WHERE t.id = ?
                         ORDER BY e.side, e.account_id
                        """).param(transactionId).query(Book::readTransaction);
    }

    /**
     * Accounts whose stored sums are not what entries, open holds and settlements say; empty in a sound book. One snapshot, also
     * under load.
     */
    public List<Discrepancy> discrepancies() {
        return jdbc.sql("""
                        WITH posted AS (
                            SELECT e.account_id,
                                   sum(CASE WHEN e.side = a.normal_side THEN e.amount ELSE -e.amount END) AS total
                              FROM ledger.entry e JOIN ledger.account a ON a.id = e.account_id GROUP BY e.account_id),
                        reserved AS (
                            SELECT account_id, sum(amount - settled_amount) AS total
                              FROM ledger.hold WHERE status = 'held' GROUP BY account_id),
                        settled AS (
                            SELECT t.hold_id, sum(e.amount) AS total
                              FROM ledger.transaction t
                              JOIN ledger.hold h ON h.id = t.hold_id
                              JOIN ledger.entry e ON e.transaction_id = t.id AND e.account_id = h.account_id
                             GROUP BY t.hold_id),
                        compared AS (
                            SELECT b.account_id, 'posted' AS sum, b.posted::numeric AS recorded,
                                   coalesce(p.total, 0) AS computed
                              FROM ledger.account_balance b LEFT JOIN posted p USING (account_id)
                            UNION ALL
                            SELECT b.account_id, 'held', b.held::numeric, coalesce(r.total, 0)
                              FROM ledger.account_balance b LEFT JOIN reserved r USING (account_id)
                            UNION ALL
                            SELECT h.account_id, 'settled', h.settled_amount::numeric, coalesce(s.total, 0)
                              FROM ledger.hold h LEFT JOIN settled s ON s.hold_id = h.id)
                        SELECT * FROM compared WHERE recorded <> computed ORDER BY account_id, sum
                        """)
                .query((row, number) -> new Discrepancy(
                        row.getLong("account_id"),
                        Columns.constant(Discrepancy.Sum.class, row.getString("sum")),
                        integer(row, "recorded"),
                        integer(row, "computed")))
                .list();
    }

    private static List<TrialBalance> readTrialBalances(ResultSet rows) throws SQLException {
        Map<Currency, TrialBalance> balances = new LinkedHashMap<>();
        while (rows.next()) {
            Currency currency = new Currency(rows.getString("currency"));
            Map<AccountCode, BigInteger> ofAccount = new EnumMap<>(AccountCode.class);
            ofAccount.put(Columns.constant(AccountCode.class, rows.getString("code")), integer(rows, "balance"));
            balances.merge(
                    currency,
                    new TrialBalance(currency, integer(rows, "debits"), integer(rows, "credits"), ofAccount),
                    Book::add);
        }
        return List.copyOf(balances.values());
    }

    private static TrialBalance add(TrialBalance one, TrialBalance other) {
        Map<AccountCode, BigInteger> balances = new EnumMap<>(one.balances());
        balances.putAll(other.balances());
        return new TrialBalance(
                one.currency(), one.debits().add(other.debits()), one.credits().add(other.credits()), balances);
    }

    private static Optional<Transaction> readTransaction(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        String id = rows.getString("id");
        TransactionKind kind = Columns.constant(TransactionKind.class, rows.getString("kind"));
        String reference = rows.getString("reference");
        String holdId = rows.getString("hold_id");
        String reverses = rows.getString("reverses");
        Instant bookedAt = Columns.instant(rows, "booked_at");
        List<Entry> entries = new ArrayList<>();
        do {
            entries.add(readEntry(rows));
        } while (rows.next());
        return Optional.of(new Transaction(id, kind, reference, holdId, reverses, bookedAt, entries));
    }

    private static Entry readEntry(ResultSet row) throws SQLException {
        Currency currency = new Currency(row.getString("currency"));
        long balanceAfter = row.getLong("balance_after");
        Money balance = row.wasNull() ? null : new Money(balanceAfter, currency);
        return new Entry(
                row.getLong("account_id"),
                Columns.constant(AccountCode.class, row.getString("code")),
                row.getLong("seq"),
                Columns.constant(Side.class, row.getString("side")),
                new Money(row.getLong("amount"), currency),
                balance);
    }

    private static BigInteger integer(ResultSet row, String column) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return value.toBigIntegerExact();
    }
}
