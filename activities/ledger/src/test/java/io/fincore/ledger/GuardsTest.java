package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database refuses to a version of the code that is wrong, or to a person at its console. */
class GuardsTest {

    private final WorldOfWallets world = new WorldOfWallets();
    private final Wallet wallet = world.wallet(Money.of(100, "EUR"));
    private final String hold = world.hold(wallet, Money.of(60, "EUR"));
    private final String transaction = IdType.TRANSACTION.next();
    private long rows;

    @BeforeEach
    void count() {
        rows = world.rows();
    }

    @Test
    void refusesATransactionThatDoesNotBalance() {
        assertRefused(() -> book(entry("debit", 10, "EUR"), entry("credit", 9, "EUR")), "does not balance");
    }

    @Test
    void refusesATransactionThatBalancesOverTwoCurrenciesOnly() {
        world.wallet("JPY");
        rows = world.rows();
        assertRefused(() -> book(entry("debit", 10, "EUR"), entry("credit", 10, "JPY")), "does not balance");
    }

    @Test
    void refusesATransactionWithFewerThanTwoEntries() {
        assertRefused(this::book, "does not balance: it has no entries");
        assertRefused(() -> book(entry("debit", 10, "EUR")), "does not balance: 1 entries");
    }

    @Test
    void refusesAnEntryOnAnAccountOfAnotherCurrency() {
        assertRefused(
                () -> book(
                        entry("debit", 10, "EUR").replace(", currency, now", ", 'USD', now"),
                        entry("credit", 10, "EUR").replace(", currency, now", ", 'USD', now")),
                "there is no account");
    }

    @Test
    void refusesEntriesOfNoTransaction() {
        assertRefused(
                () -> superuser(inserting(entry("debit", 10, "EUR"), entry("credit", 10, "EUR"))),
                "there is no transaction " + transaction);
    }

    @Test
    void refusesEntriesThatComeAfterTheirTransaction() {
        assertRefused(
                () -> superuser(transaction("'deposit', NULL") + ";"
                        + inserting(entry("debit", 10, "EUR"), entry("credit", 10, "EUR"))),
                "it has no entries");
    }

    @Test
    void refusesAnEntryAddedToAnOlderTransaction() {
        String older = world.superuser
                .sql("SELECT id FROM ledger.transaction")
                .query(String.class)
                .single();
        assertRefused(
                () -> superuser(inserting(entry("debit", 10, "EUR").replace(transaction, older))), "does not balance");
    }

    @Test
    void refusesToReverseMoreThanTheOriginal() {
        String original = world.settlement(wallet, Money.of(10, "EUR"));
        rows = world.rows();
        assertRefused(
                () -> superuser("WITH booked AS (" + transaction("'reversal', '" + original + "'") + ")"
                        + inserting(entry("debit", 11, "EUR"), entry("credit", 11, "EUR"))),
                "reversed by more than its amount");
    }

    @Test
    void refusesAnOverdrawnWallet() {
        assertRefused(() -> balance("posted = 59"), "guarded_account_is_never_overdrawn");
        assertRefused(() -> balance("held = 101"), "guarded_account_is_never_overdrawn");
        assertRefused(() -> balance("held = -1"), "balance_is_in_bounds");
        assertRefused(() -> balance("posted = " + Money.MAX_MINOR_UNITS + " + 1"), "balance_is_in_bounds");
    }

    @Test
    void refusesToUnguardAWallet() {
        assertRefused(() -> balance("guarded = false, posted = -1, held = 0"), "violates foreign key constraint");
    }

    @Test
    void refusesASecondResolutionOfAHold() {
        world.ledger.releaseHold(new ReleaseHold("key", hold));
        rows = world.rows();
        assertRefused(() -> superuser("UPDATE ledger.hold SET status = 'held', resolved_at = NULL"), "already");
    }

    @Test
    void refusesASettlementThatItsHoldDoesNotKnowOf() {
        assertRefused(() -> settle(10, ""), "says that 0 of it is settled, but its settlements are of 10");
        assertRefused(() -> settle(10, settled(9)), "says that 9 of it is settled");
        assertRefused(
                () -> settle(60, settled(60).replace("settled_amount", "status = 'settled', settled_amount")),
                "hold_check");
    }

    @Test
    void refusesToSettleMoreThanIsHeld() {
        world.settlePart(hold, Money.of(50, "EUR"));
        rows = world.rows();
        assertRefused(() -> settle(11, ""), "says that 50 of it is settled, but its settlements are of 61");
        assertRefused(() -> settle(11, settled(61)), "settled_amount_fits");
    }

    @Test
    void refusesToSettleWhatIsResolved() {
        world.settlePart(hold, Money.of(50, "EUR"));
        world.ledger.releaseHold(new ReleaseHold("key", hold));
        rows = world.rows();
        assertRefused(() -> settle(10, ""), "says that 50 of it is settled, but its settlements are of 60");
        assertRefused(() -> settle(10, settled(60)), "is settled already");
    }

    @Test
    void refusesASettlementFromAnotherWallet() {
        long other = account(world.wallet(Money.of(100, "EUR")));
        rows = world.rows();
        assertRefused(
                () -> settle(10, settled(10), other), "says that 10 of it is settled, but its settlements are of 0");
    }

    /** Two consoles at once: neither sees what the other has not committed. */
    @Test
    void refusesTheSecondOfTwoSettlementsThatTogetherAreTooMuch() throws SQLException {
        try (Connection one = world.database.as(DatabaseRole.OWNER).getConnection();
                Connection other = world.database.as(DatabaseRole.OWNER).getConnection();
                Statement first = one.createStatement();
                Statement second = other.createStatement()) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            first.execute("SELECT ledger.settle_hold('key', '" + IdType.TRANSACTION.next() + "', '" + hold
                    + "', 40, 'EUR', NULL, false)");
            second.execute(settlement(40, account(wallet)));
            one.commit();
            assertThatThrownBy(other::commit)
                    .hasMessageContaining("says that 40 of it is settled, but its settlements are of 80");
        }
        world.assertWallet(wallet, Money.of(60, "EUR"), Money.of(40, "EUR"));
    }

    @Test
    void refusesToExpireWhatHasNoDeadlineOrIsOpen() {
        assertRefused(
                () -> superuser("UPDATE ledger.hold SET expired = true, expires_at = now()"),
                "only_what_is_left_expires");
        assertRefused(
                () -> superuser("UPDATE ledger.hold SET expired = true, status = 'released', resolved_at = now()"),
                "only_what_is_left_expires");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "entry", "operation", "account"})
    void neverChangesWhatIsBooked(String table) {
        String change = switch (table) {
            case "operation" -> "outcome = outcome";
            case "account" -> "code = code";
            default -> "booked_at = booked_at";
        };
        for (String statement : List.of(
                "UPDATE ledger." + table + " SET " + change,
                "DELETE FROM ledger." + table,
                "TRUNCATE ledger." + table + " CASCADE")) {
            assertRefused(() -> superuser(statement), "is append-only");
            assertRefused(() -> as(DatabaseRole.OWNER, statement), "is append-only");
            for (DatabaseRole role : List.of(DatabaseRole.WORKER, DatabaseRole.API)) {
                assertRefused(() -> as(role, statement), "permission denied");
            }
        }
    }

    /** A transaction and its entries, by one statement. */
    private void book(String... entries) {
        superuser(
                entries.length == 0
                        ? transaction("'deposit', NULL")
                        : "WITH booked AS (" + transaction("'deposit', NULL") + ")" + inserting(entries));
    }

    private String transaction(String kindAndOriginal) {
        return "INSERT INTO ledger.transaction (id, kind, reverses, booked_at) VALUES ('" + transaction + "', "
                + kindAndOriginal + ", now())";
    }

    private static String inserting(String... entries) {
        return "INSERT INTO ledger.entry (account_id, seq, transaction_id, side, amount, currency, booked_at) "
                + String.join(" UNION ALL ", entries);
    }

    private String entry(String side, long amount, String currency) {
        return "SELECT id, " + (side.equals("debit") ? 1001 : 1002) + ", '" + transaction + "', '" + side
                + "'::ledger.side, " + amount
                + ", currency, now() FROM ledger.account WHERE code = 'opening' AND stripe = 0 AND currency = '"
                + currency + "'";
    }

    private void settle(long amount, String change) {
        settle(amount, change, account(wallet));
    }

    private void settle(long amount, String change, long account) {
        superuser(change + settlement(amount, account));
    }

    private String settled(long amount) {
        return "UPDATE ledger.hold SET settled_amount = " + amount + " WHERE id = '" + hold + "';";
    }

    /** From an account to the nostro, with all that a settlement needs but its hold's consent. */
    private String settlement(long amount, long account) {
        String entry = "SELECT %s, 1001, '" + transaction + "', '%s'::ledger.side, " + amount + ", 'EUR', now()";
        return "WITH booked AS (INSERT INTO ledger.transaction (id, kind, hold_id, booked_at) VALUES ('" + transaction
                + "', 'settlement', '" + hold + "', now()))"
                + inserting(
                        entry.formatted(account, "debit"),
                        entry.formatted(
                                "(SELECT id FROM ledger.account WHERE code = 'nostro' AND stripe = 0 AND currency = 'EUR')",
                                "credit"));
    }

    private long account(Wallet wallet) {
        return world.superuser
                .sql("SELECT account_id FROM ledger.wallet WHERE id = ?")
                .param(wallet.id())
                .query(Long.class)
                .single();
    }

    private void balance(String change) {
        superuser("UPDATE ledger.account_balance SET " + change + " WHERE guarded AND posted = 100");
    }

    /** All statements of the text in one transaction. */
    private void superuser(String sql) {
        world.superuser.sql(sql).update();
    }

    private void as(DatabaseRole role, String sql) {
        JdbcClient.create(world.database.as(role)).sql(sql).update();
    }

    private void assertRefused(ThrowingCallable attempt, String reason) {
        assertThatThrownBy(attempt).rootCause().hasMessageContaining(reason);
        assertThat(world.rows()).isEqualTo(rows);
        world.assertSound();
    }
}
