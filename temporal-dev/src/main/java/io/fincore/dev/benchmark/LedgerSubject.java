package io.fincore.dev.benchmark;

import io.fincore.ledger.Transfer;
import io.fincore.ledger.TransferBatch;
import io.fincore.ledger.TransferBatchOutcome;
import io.fincore.ledger.TransferOutcome;
import io.fincore.ledger.Wallets;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A way to move money from one account to another, from the least that can be called double entry to what the platform does. */
enum LedgerSubject {
    /** A transaction, two entries, two balances: a statement each. */
    MINIMAL("a  minimal double entry") {
        @Override
        Mover mover(LedgerGround ground) throws SQLException {
            Connection connection = ground.asSuperuser();
            connection.setAutoCommit(false);
            PreparedStatement transaction =
                    connection.prepareStatement("INSERT INTO bench.transaction DEFAULT VALUES RETURNING id");
            PreparedStatement entry = connection.prepareStatement(
                    "INSERT INTO bench.entry (transaction_id, account_id, amount) VALUES (?, ?, ?)");
            PreparedStatement balance =
                    connection.prepareStatement("UPDATE bench.account SET balance = balance + ? WHERE id = ?");
            return on(connection, (source, destination) -> {
                long id;
                try (var row = transaction.executeQuery()) {
                    row.next();
                    id = row.getLong(1);
                }
                enter(entry, id, source, -1);
                enter(entry, id, destination, 1);
                // In the order of the accounts, or two clients wait for each other.
                add(balance, Math.min(source, destination), source < destination ? -1 : 1);
                add(balance, Math.max(source, destination), source < destination ? 1 : -1);
                connection.commit();
            });
        }
    },
    /** The same as one call. */
    MINIMAL_FUNCTION("B  the same, one call") {
        @Override
        Mover mover(LedgerGround ground) throws SQLException {
            Connection connection = ground.asSuperuser();
            PreparedStatement call = connection.prepareStatement("SELECT bench.move(?, ?)");
            return on(connection, (source, destination) -> {
                call.setInt(1, source);
                call.setInt(2, destination);
                call.execute();
            });
        }
    },
    /** The rows that ours writes, with their keys and indexes, a statement each. */
    SAME_ROWS("b  the rows of ours") {
        @Override
        Mover mover(LedgerGround ground) throws SQLException {
            Connection connection = ground.asSuperuser();
            connection.setAutoCommit(false);
            List<PreparedStatement> statements = List.of(
                    connection.prepareStatement(
                            "INSERT INTO bench.operation (key, fingerprint, outcome, subject_id, amount)"
                                    + " VALUES (?, sha256(?::bytea), 'transferred', ?, 1)"),
                    connection.prepareStatement(
                            "UPDATE bench.account_balance SET posted = posted + ?, last_seq = last_seq + 1,"
                                    + " last_booked_at = clock_timestamp() WHERE account_id = ? RETURNING last_seq, posted"),
                    connection.prepareStatement("INSERT INTO bench.transaction_full (id, kind, booked_at, metadata)"
                            + " VALUES (?, 'transfer', clock_timestamp(), '{}')"),
                    connection.prepareStatement(
                            "INSERT INTO bench.entry_full (account_id, seq, transaction_id, side, amount, currency,"
                                    + " balance_after, booked_at) VALUES (?, ?, ?, ?::ledger.side, 1, 'EUR', ?, clock_timestamp())"),
                    connection.prepareStatement(
                            "INSERT INTO bench.event (id, tenant, principal, type, subject_id, payload)"
                                    + " VALUES (?, 'bench', 'bench', 'transfer.completed', ?, bench.news(?, ?, ?))"),
                    connection.prepareStatement(
                            "INSERT INTO bench.record (action, object, object_id, after, origin)"
                                    + " VALUES ('transaction.booked', 'transaction', ?, bench.recorded(?, ?, ?), audit.origin())"));
            return on(connection, (source, destination) -> {
                String id = IdType.TRANSACTION.next();
                PreparedStatement operation = statements.get(0);
                operation.setString(1, id);
                operation.setString(2, id);
                operation.setString(3, id);
                operation.executeUpdate();
                PreparedStatement transaction = statements.get(2);
                transaction.setString(1, id);
                transaction.executeUpdate();
                int first = Math.min(source, destination);
                int second = Math.max(source, destination);
                sameRows(statements, id, first, first == source);
                sameRows(statements, id, second, second == source);
                PreparedStatement event = statements.get(4);
                event.setString(1, id);
                event.setString(2, id);
                event.setString(3, id);
                event.setInt(4, source);
                event.setInt(5, destination);
                event.executeUpdate();
                PreparedStatement recorded = statements.get(5);
                recorded.setString(1, id);
                recorded.setString(2, id);
                recorded.setInt(3, source);
                recorded.setInt(4, destination);
                recorded.executeUpdate();
                connection.commit();
            });
        }
    },
    SAME_ROWS_FUNCTION("b  the same, one call") {
        @Override
        Mover mover(LedgerGround ground) throws SQLException {
            Connection connection = ground.asSuperuser();
            PreparedStatement call = connection.prepareStatement("SELECT bench.move_full(?, ?, ?)");
            return on(connection, (source, destination) -> {
                call.setString(1, IdType.TRANSACTION.next());
                call.setInt(2, source);
                call.setInt(3, destination);
                call.execute();
            });
        }
    },
    /** What the platform calls: guards, idempotency, history and all. */
    OURS("c  ours") {
        @Override
        Mover mover(LedgerGround ground) throws SQLException {
            Connection connection = ground.asApi();
            Wallets ledger = new Wallets(new SingleConnectionDataSource(connection, true));
            Money amount = Money.of(1, "EUR");
            return on(connection, (source, destination) -> {
                TransferOutcome outcome = ledger.transfer(new Transfer(
                        IdType.REQUEST.next(),
                        ground.wallets().get(source),
                        ground.wallets().get(destination),
                        amount,
                        null,
                        Map.of()));
                if (!(outcome instanceof TransferOutcome.Transferred)) {
                    throw new IOException("A transfer came to " + outcome);
                }
            });
        }
    },
    /** Many of them by one call. */
    OURS_IN_BATCHES("c  ours, batches of 100", 100) {
        @Override
        Mover mover(LedgerGround ground) throws SQLException {
            Connection connection = ground.asApi();
            Wallets ledger = new Wallets(new SingleConnectionDataSource(connection, true));
            Money amount = Money.of(1, "EUR");
            return on(connection, (source, destination) -> {
                List<TransferBatch.Row> rows = IntStream.range(0, movesPerCall())
                        .mapToObj(row -> new TransferBatch.Row(
                                batchSource(ground, source, row),
                                batchDestination(ground, source, destination, row),
                                amount,
                                null,
                                Map.of()))
                        .toList();
                TransferBatchOutcome outcome =
                        ledger.transfer(new TransferBatch(IdType.REQUEST.next(), TransferBatch.Mode.ATOMIC, rows));
                if (!(outcome instanceof TransferBatchOutcome.Done)) {
                    throw new IOException("A batch came to " + outcome);
                }
            });
        }
    },
    /** What a client of the API gets. */
    OVER_HTTP("c  over HTTP") {
        @Override
        Mover mover(LedgerGround ground) throws IOException {
            return over(
                    new LeanHttp(ground.api(), "/v1/transfers", ground.token()),
                    (source, destination) -> transfer(
                            ground.wallets().get(source), ground.wallets().get(destination)));
        }
    },
    OVER_HTTP_IN_BATCHES("c  over HTTP, batches of 100", 100) {
        @Override
        Mover mover(LedgerGround ground) throws IOException {
            return over(
                    new LeanHttp(ground.api(), "/v1/transfers/batch", ground.token()),
                    (source, destination) -> IntStream.range(0, movesPerCall())
                            .mapToObj(row -> transfer(
                                    batchSource(ground, source, row),
                                    batchDestination(ground, source, destination, row)))
                            .collect(Collectors.joining(",", "{\"mode\":\"atomic\",\"transfers\":[", "]}")));
        }
    };

    private final String title;
    private final int movesPerCall;

    LedgerSubject(String title) {
        this(title, 1);
    }

    LedgerSubject(String title, int movesPerCall) {
        this.title = title;
        this.movesPerCall = movesPerCall;
    }

    /** Goes through the API's process. */
    boolean isOverHttp() {
        return this == OVER_HTTP || this == OVER_HTTP_IN_BATCHES;
    }

    int movesPerCall() {
        return movesPerCall;
    }

    /** As it stands in the table. */
    String title() {
        return title;
    }

    /** A client with a connection of its own. */
    abstract Mover mover(LedgerGround ground) throws SQLException, IOException;

    @FunctionalInterface
    private interface Move {
        void move(int source, int destination) throws SQLException, IOException;
    }

    @FunctionalInterface
    private interface Body {
        String of(int source, int destination);
    }

    private static Mover on(Connection connection, Move move) {
        return new Mover() {
            @Override
            public void move(int source, int destination) throws SQLException, IOException {
                move.move(source, destination);
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }

    private static Mover over(LeanHttp connection, Body body) {
        return new Mover() {
            @Override
            public void move(int source, int destination) throws IOException {
                connection.post(IdType.REQUEST.next(), body.of(source, destination));
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    private static String transfer(String source, String destination) {
        return "{\"source\":\"" + source + "\",\"destination\":\"" + destination
                + "\",\"amount\":1,\"currency\":\"EUR\"}";
    }

    /** The hot one, which has the number 0, is never paid from. */
    private static String batchSource(LedgerGround ground, int source, int row) {
        return ground.wallets().get(1 + (source + row) % (ground.wallets().size() - 1));
    }

    private static String batchDestination(LedgerGround ground, int source, int destination, int row) {
        return destination == 0 ? ground.wallets().getFirst() : batchSource(ground, source, row + 1);
    }

    private static void enter(PreparedStatement entry, long transaction, int account, long amount) throws SQLException {
        entry.setLong(1, transaction);
        entry.setInt(2, account);
        entry.setLong(3, amount);
        entry.executeUpdate();
    }

    private static void add(PreparedStatement balance, int account, long amount) throws SQLException {
        balance.setLong(1, amount);
        balance.setInt(2, account);
        balance.executeUpdate();
    }

    private static void sameRows(List<PreparedStatement> statements, String id, int account, boolean isSource)
            throws SQLException {
        PreparedStatement balance = statements.get(1);
        balance.setLong(1, isSource ? -1 : 1);
        balance.setInt(2, account);
        long seq;
        long after;
        try (var row = balance.executeQuery()) {
            row.next();
            seq = row.getLong(1);
            after = row.getLong(2);
        }
        PreparedStatement entry = statements.get(3);
        entry.setInt(1, account);
        entry.setLong(2, seq);
        entry.setString(3, id);
        entry.setString(4, isSource ? "debit" : "credit");
        entry.setLong(5, after);
        entry.executeUpdate();
    }
}
