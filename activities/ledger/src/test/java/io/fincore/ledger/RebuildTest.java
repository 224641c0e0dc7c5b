package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Balances made anew from entries and open holds. */
class RebuildTest {

    private static final String REBUILD = "SELECT * FROM ledger.rebuild_balances()";

    private final WorldOfWallets world = new WorldOfWallets();
    private final DataSource owner = world.database.as(DatabaseRole.OWNER);
    private final Wallet moved = world.wallet(eur(100));
    private final Wallet untouched = world.wallet(eur(7));

    RebuildTest() {
        world.hold(moved, eur(30));
        world.settlement(moved, eur(20));
    }

    @Test
    void changesNothingInASoundBook() {
        List<String> before = balances();

        assertThat(rebuild()).isEmpty();

        assertThat(balances()).isEqualTo(before);
    }

    @Test
    void mendsWhatIsWrongAndSaysWhatItHasChanged() {
        List<String> before = balances();
        long account = account(moved);
        spoil("""
                UPDATE ledger.account_balance
                   SET posted = 999, held = 5, last_seq = 40, last_booked_at = '2020-01-01Z' WHERE account_id = %d""".formatted(account));
        assertThat(world.book.discrepancies()).hasSize(2);

        assertThat(rebuild())
                .containsExactly("account " + account + ": 999 to 80 posted, 5 to 30 held, 40 to 2 entries");

        assertThat(balances()).isEqualTo(before);
        assertThat(rebuild()).isEmpty();
        world.assertWallet(moved, eur(80), eur(50));
        world.assertWallet(untouched, eur(7), eur(7));
    }

    @Test
    void writesARowThatIsGone() {
        List<String> before = balances();
        spoil("DELETE FROM ledger.account_balance WHERE account_id = " + account(moved));

        assertThat(rebuild())
                .containsExactly(
                        "account " + account(moved) + ": null to 80 posted, null to 30 held, null to 2 entries");

        assertThat(balances()).isEqualTo(before);
    }

    @Test
    void movementsGoOnFromWhatWasRebuilt() {
        spoil("UPDATE ledger.account_balance SET posted = 999, last_seq = 40 WHERE account_id = " + account(moved));
        rebuild();

        world.deposit(moved, eur(5));

        world.assertWallet(moved, eur(85), eur(55));
        assertThat(JdbcClient.create(owner)
                        .sql("SELECT max(seq) FROM ledger.entry WHERE account_id = ?")
                        .param(account(moved))
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void waitsForMovementsUnderWayAndCountsThem() throws SQLException {
        spoil("UPDATE ledger.account_balance SET posted = 999 WHERE account_id = " + account(moved));
        CompletableFuture<List<String>> rebuilt;
        try (Connection movement = world.database.as(DatabaseRole.API).getConnection();
                Statement statement = movement.createStatement()) {
            movement.setAutoCommit(false);
            statement.execute(WorldOfWallets.depositing(untouched, 3));
            rebuilt = CompletableFuture.supplyAsync(this::rebuild);
            while (!rebuildWaits()) {
                assertThat(rebuilt).isNotDone();
            }
            movement.commit();
        }

        assertThat(rebuilt.join())
                .containsExactly("account " + account(moved) + ": 999 to 80 posted, 30 to 30 held, 2 to 2 entries");
        world.assertWallet(untouched, eur(10), eur(10));
    }

    @Test
    void refusesASnapshotThatIsOlderThanItsLock() throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertThatThrownBy(() -> statement.executeQuery(REBUILD)).hasMessageContaining("READ COMMITTED");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKER", "API"})
    void isTheOwnersAlone(DatabaseRole role) {
        assertThatThrownBy(() -> JdbcClient.create(world.database.as(role))
                        .sql(REBUILD)
                        .query()
                        .listOfRows())
                .rootCause()
                .hasMessageContaining("permission denied for function rebuild_balances");
    }

    private List<String> rebuild() {
        return JdbcClient.create(owner)
                .sql(REBUILD)
                .query((row, number) -> "account " + row.getLong("account_id") + ": " + row.getString("stored_posted")
                        + " to " + row.getString("rebuilt_posted") + " posted, " + row.getString("stored_held")
                        + " to " + row.getString("rebuilt_held") + " held, " + row.getString("stored_last_seq") + " to "
                        + row.getString("rebuilt_last_seq") + " entries")
                .list();
    }

    private boolean rebuildWaits() {
        return world.superuser.sql("""
                        SELECT EXISTS (SELECT FROM pg_locks l
                                        WHERE l.relation = 'ledger.account_balance'::regclass AND l.mode = 'ExclusiveLock'
                                          AND NOT l.granted)""").query(Boolean.class).single();
    }

    private List<String> balances() {
        return world.superuser
                .sql("SELECT b::text FROM ledger.account_balance b ORDER BY account_id")
                .query(String.class)
                .list();
    }

    /** As nobody can who is bound to triggers and constraints. */
    private void spoil(String sql) {
        try (Connection connection = world.database.asSuperuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long account(Wallet wallet) {
        return world.superuser
                .sql("SELECT account_id FROM ledger.wallet WHERE id = ?")
                .param(wallet.id())
                .query(Long.class)
                .single();
    }

    private static Money eur(long minorUnits) {
        return Money.of(minorUnits, "EUR");
    }
}
