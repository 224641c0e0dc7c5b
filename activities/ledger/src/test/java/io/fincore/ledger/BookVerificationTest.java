package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.ledger.BookVerdict.Agreed;
import io.fincore.ledger.BookVerdict.Differs;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What the owner of the tables can do to the book with all triggers off, and how the log tells. */
class BookVerificationTest {

    private static final int SMALL_PORTION = 2;

    private final WorldOfWallets world = new WorldOfWallets();
    private final JdbcClient superuser = world.superuser;
    private Wallet wallet;
    private String deposit;
    private String settlement;
    private long account;

    @BeforeEach
    void book() {
        wallet = world.wallet("EUR");
        deposit = world.deposit(wallet, Money.of(100, "EUR")).transactionId();
        settlement = world.settlement(wallet, Money.of(30, "EUR"));
        world.wallets.transfer(new Transfer(
                world.newKey(),
                wallet.id(),
                world.wallet("EUR").id(),
                Money.of(5, "EUR"),
                "rent",
                Map.of("invoice", "INV-7")));
        account = superuser
                .sql("SELECT account_id FROM ledger.wallet WHERE id = ?")
                .param(wallet.id())
                .query(Long.class)
                .single();
        RecordedBook.seal(world);
        assertThat(verify()).isEqualTo(new Agreed(3));
    }

    @Test
    void namesAnEntryThatWasEdited() {
        tamper("UPDATE ledger.entry SET amount = 31, balance_after = 69 WHERE transaction_id = '%s' AND side = 'debit'"
                .formatted(settlement));
        assertDiffers(
                settlement,
                "entry 2 of account " + account + " was changed: amount is 31, recorded was 30; "
                        + "balance_after is 69, recorded was 70");
    }

    @Test
    void namesAnEntryThatIsMissing() {
        tamper("DELETE FROM ledger.entry WHERE transaction_id = '%s' AND side = 'debit'".formatted(settlement));
        assertDiffers(settlement, "entry 2 of account " + account + " is missing");
    }

    @Test
    void namesAnEntryThatWasAdded() {
        tamper(
                "INSERT INTO ledger.entry SELECT account_id, 99, transaction_id, side, amount, currency, balance_after, booked_at"
                        + " FROM ledger.entry WHERE transaction_id = '" + deposit + "' AND side = 'credit'");
        assertDiffers(deposit, "entry 99 of account " + account + " was added");
    }

    @Test
    void namesEntriesThatWereReordered() {
        tamper("UPDATE ledger.entry SET seq = 103 - seq WHERE account_id = " + account + " AND seq IN (1, 2)");
        tamper("UPDATE ledger.entry SET seq = seq - 100 WHERE account_id = " + account + " AND seq > 100");
        assertDiffers(deposit, "entry 1 of account " + account + " was moved: it is number 2");
    }

    @Test
    void namesAnEntryThatWasGivenToAnotherTransaction() {
        tamper("UPDATE ledger.entry SET transaction_id = '%s' WHERE transaction_id = '%s' AND side = 'debit'"
                .formatted(deposit, settlement));
        assertDiffers(deposit, "entry 2 of account " + account + " was added");
    }

    @Test
    void namesATransactionWhoseWordsWereChanged() {
        tamper("UPDATE ledger.transaction SET reference = 'INV-2' WHERE id = '" + settlement + "'");
        assertDiffers(settlement, "reference_sha256 is \"55db4c920deacc");
    }

    @Test
    void namesATransactionThatWasMovedInTime() {
        tamper("UPDATE ledger.transaction SET booked_at = booked_at - interval '1 day' WHERE id = '" + deposit + "'");
        assertDiffers(deposit, "booked_at is ");
    }

    @Test
    void namesAnEntryThatWasMovedInTimeAlone() {
        tamper("UPDATE ledger.entry SET booked_at = booked_at - interval '1 day' WHERE account_id = " + account
                + " AND seq = 1");
        assertDiffers(deposit, "entry 1 of account " + account + " has another instant than its transaction");
    }

    @Test
    void namesATransactionThatIsNoLongerInTheBook() {
        tamper("DELETE FROM ledger.entry WHERE transaction_id = '" + deposit + "'");
        tamper("DELETE FROM ledger.transaction WHERE id = '" + deposit + "'");
        assertDiffers(deposit, "it is recorded at ", ", and not in the book");
    }

    @Test
    void namesATransactionThatWasNeverRecorded() {
        tamper("INSERT INTO ledger.transaction (id, kind, booked_at) VALUES ('txn_forged', 'transfer', now())");
        assertDiffers("txn_forged", "it is in the book, and was never recorded");
    }

    @Test
    void namesATransactionWhoseRecordWasDeletedBeforeItWasChained() {
        String second = world.deposit(wallet, Money.of(1, "EUR")).transactionId();
        assertThat(verify()).as("it waits to be chained").isEqualTo(new Agreed(3));
        tamper("DELETE FROM audit.unsealed");
        assertDiffers(second, "it is in the book, and was never recorded");
    }

    @Test
    void namesAnEntryOfNoTransaction() {
        tamper(
                "INSERT INTO ledger.entry SELECT account_id, 99, 'txn_forged', side, amount, currency, balance_after, booked_at"
                        + " FROM ledger.entry WHERE transaction_id = '" + deposit + "' AND side = 'credit'");
        assertDiffers("txn_forged", "entry 99 of account " + account + " names a transaction that is not in the book");
    }

    @Test
    void namesATransactionThatIsRecordedTwice() {
        tamper("INSERT INTO audit.unsealed (action, object, object_id, after, origin)"
                + " SELECT action, object, object_id, after::jsonb, origin::jsonb FROM audit.entry"
                + " WHERE action = 'transaction.booked' AND object_id = '" + settlement + "'");
        RecordedBook.seal(world);
        assertDiffers(settlement, "it is recorded twice, at ");
    }

    /** As on a database that has a book before it has a log. */
    @Test
    void theMigrationRecordsWhatWasBookedBefore() throws IOException {
        world.deposit(wallet, Money.of(1, "EUR"));
        tamper("DELETE FROM audit.unsealed");
        String migration = new String(
                Objects.requireNonNull(getClass().getResourceAsStream("/db/ledger/V10__audit.sql"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);

        JdbcClient.create(world.database.as(DatabaseRole.OWNER))
                .sql("SET search_path = ledger; "
                        + migration.substring(migration.indexOf("INSERT INTO audit.unsealed")))
                .update();

        RecordedBook.seal(world);
        assertThat(verify()).isEqualTo(new Agreed(4));
    }

    @Test
    void readsInstantsInAnyTimeZone() throws SQLException {
        try (Connection connection = world.database.as(DatabaseRole.API).getConnection()) {
            DataSource elsewhere = new SingleConnectionDataSource(connection, true);
            JdbcClient.create(elsewhere).sql("SET timezone = 'Asia/Kathmandu'").update();
            assertThat(new BookVerification(elsewhere).verify()).isEqualTo(new Agreed(3));
        }
    }

    private BookVerdict verify() {
        return new BookVerification(world.database.as(DatabaseRole.API), SMALL_PORTION).verify();
    }

    private void tamper(String sql) {
        superuser.sql("SET session_replication_role = replica; " + sql).update();
    }

    private void assertDiffers(String transaction, String... words) {
        assertThat(verify()).isInstanceOfSatisfying(Differs.class, differs -> {
            assertThat(differs.transactionId()).isEqualTo(transaction);
            assertThat(differs.what()).contains(List.of(words));
        });
    }
}
