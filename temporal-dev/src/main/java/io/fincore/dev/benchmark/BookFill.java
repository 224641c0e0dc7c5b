package io.fincore.dev.benchmark;

import io.fincore.dev.stack.PostgresProcess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives wallets a past of a year: transfers of one minor unit in a circle, each wallet to the next, round after round. Written past the
 * ledger's functions and guards, as the superuser, since they would take hours; but such that all sums and sequences hold.
 */
final class BookFill {

    private final PostgresProcess postgres;
    private final List<String> wallets;

    BookFill(PostgresProcess postgres, List<String> wallets) {
        this.postgres = postgres;
        this.wallets = List.copyOf(wallets);
    }

    /**
     * Where the transfers of a fill are.
     *
     * @param name begins their ids
     * @param first when the first was booked
     * @param stepMicros from each to the next
     */
    record Filled(String name, long transfers, Instant first, double stepMicros) {

        String transaction(long number) {
            return "txn_%s%024x".formatted(name, number);
        }

        /** When one of them was booked, or a moment later. */
        Instant at(long number) {
            return first.plusNanos((long) (number * stepMicros * 1_000) + 1_000);
        }
    }

    /**
     * What the wallets had before is moved still further into the past.
     *
     * @param name two digits, another for each fill
     * @param entries two for each transfer; a full number of rounds is made
     */
    Filled fill(String name, long entries) {
        long transfers = Math.max(1, entries / 2 / wallets.size()) * wallets.size();
        try (Connection connection = postgres.asSuperuser().getConnection();
                Statement statement = connection.createStatement()) {
            // Millions of entries take minutes.
            connection.setNetworkTimeout(Runnable::run, 0);
            connection.setAutoCommit(false);
            // Neither the triggers that refuse changes nor those that check each row.
            statement.execute("SET LOCAL session_replication_role = replica");
            for (String table : List.of(
                    "transaction SET booked_at = booked_at",
                    "entry SET booked_at = booked_at",
                    "account_balance SET last_booked_at = last_booked_at")) {
                statement.execute("UPDATE ledger." + table + " - interval '400 days'");
            }
            statement.execute("""
                    CREATE TEMPORARY TABLE place ON COMMIT DROP AS
                    SELECT p.place - 1 AS place, w.account_id, b.last_seq, b.posted
                      FROM unnest(ARRAY[%s]) WITH ORDINALITY AS p (id, place)
                      JOIN ledger.wallet w USING (id) JOIN ledger.account_balance b USING (account_id)""".formatted("'" + String.join("','", wallets) + "'"));
            statement.execute("""
                    CREATE TEMPORARY TABLE filled ON COMMIT DROP AS
                    SELECT k, 'txn_' || '%s' || lpad(to_hex(k), 24, '0') AS id,
                           now() - interval '365 days' + k * (interval '364 days' / %d) AS booked_at
                      FROM generate_series(0, %d - 1) AS k""".formatted(name, transfers, transfers));
            statement.execute("""
                    INSERT INTO ledger.transaction (id, kind, booked_at, metadata)
                    SELECT id, 'transfer', booked_at, '{"order": "filled"}' FROM filled ORDER BY k""");
            statement.execute("""
                    INSERT INTO ledger.operation (key, fingerprint, outcome, subject_id, amount, recorded_at)
                    SELECT 'fill/' || id, sha256(id::bytea), 'transferred', id, 0, booked_at FROM filled ORDER BY k""");
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO ledger.entry
                        (account_id, seq, transaction_id, side, amount, currency, balance_after, booked_at)
                    SELECT p.account_id, p.last_seq + 2 * (f.k / ?) + CASE WHEN p.place = 0 THEN 2 - e.debits ELSE 1 + e.debits END,
                           f.id, CASE e.debits WHEN 1 THEN 'debit' ELSE 'credit' END::ledger.side, 1, 'EUR',
                           -- The first wallet of the circle pays before it is paid, the others are paid first.
                           p.posted + CASE WHEN p.place = 0 THEN -e.debits ELSE 1 - e.debits END, f.booked_at
                      FROM filled f CROSS JOIN (VALUES (1), (0)) AS e (debits)
                      JOIN place p ON p.place = CASE e.debits WHEN 1 THEN f.k % ? ELSE (f.k + 1) % ? END
                     ORDER BY f.k, p.account_id""")) {
                for (int i = 1; i <= 3; i++) {
                    insert.setLong(i, wallets.size());
                }
                insert.executeUpdate();
            }
            statement.execute("""
                    UPDATE ledger.account_balance b
                       SET last_seq = b.last_seq + 2 * %d, last_booked_at = now() - interval '1 day'
                      FROM place p WHERE p.account_id = b.account_id""".formatted(transfers / wallets.size()));
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Instant first = JdbcClient.create(postgres.asSuperuser())
                .sql("SELECT booked_at FROM ledger.transaction WHERE id = ?")
                .param("txn_" + name + "0".repeat(24))
                .query(Instant.class)
                .single();
        return new Filled(name, transfers, first, 364.0 * 24 * 3_600 * 1e6 / transfers);
    }
}
