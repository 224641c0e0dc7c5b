package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.audit.Anchor;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each check against a sound book, and against one that nothing but the check would find wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BookCheckTest {

    private static final String FIRST_DEPOSIT = """
            (SELECT e.account_id, e.seq FROM ledger.entry e
              JOIN ledger.account a ON a.id = e.account_id AND a.code = 'nostro'
              JOIN ledger.transaction t ON t.id = e.transaction_id AND t.kind = 'deposit'
             ORDER BY t.id LIMIT 1)""";

    private final EmbeddedDatabase sound = BookOfAllOutcomes.write();

    @Test
    void isSilentAboutASoundBook() {
        assertThat(statuses("payments.payment"))
                .contains("cancelled", "completed")
                .hasSize(8);
        assertThat(BookCheck.names()).hasSize(19).doesNotHaveDuplicates();
        assertThat(check(sound)).extracting(BookCheck.Finding::check).isEqualTo(BookCheck.names());
        assertThat(check(sound)).allMatch(BookCheck.Finding::isSound);
    }

    /** @param sql run as nobody can who is bound to triggers and constraints */
    record Plant(String check, String sql, String culprit) {

        @Override
        public String toString() {
            return check;
        }
    }

    static Stream<Plant> plants() {
        return Stream.of(
                new Plant(
                        "transactions-balance",
                        """
                        UPDATE ledger.entry SET amount = amount + 1 WHERE (account_id, seq) IN %s;
                        UPDATE ledger.account_balance SET posted = posted + 1
                         WHERE account_id IN (SELECT account_id FROM %s AS one)""".formatted(FIRST_DEPOSIT, FIRST_DEPOSIT),
                        "txn_.* debits 1 too much in EUR"),
                new Plant("transactions-have-entries", """
                        INSERT INTO ledger.transaction (id, kind, booked_at) VALUES ('txn_x', 'deposit', now())""", "txn_x has 0 entries"),
                new Plant("entries-fit", """
                        UPDATE ledger.transaction SET booked_at = booked_at + interval '1 second' WHERE kind = 'withdrawal'""", "entry \\d+ of account \\d+ in EUR, of txn_.*"),
                new Plant("entries-in-order", """
                        UPDATE ledger.entry SET balance_after = 1 WHERE account_id = 1 AND seq = 2""", "entry 2 of account 1: after 1, booked .* balance 1 of \\d+"),
                new Plant("balances", """
                        UPDATE ledger.account_balance SET posted = posted + 5 WHERE account_id = 1""", "account 1: stored .*"),
                new Plant("guarded-accounts", """
                        ALTER TABLE ledger.account_balance DROP CONSTRAINT guarded_account_is_never_overdrawn;
                        INSERT INTO ledger.hold (id, tenant, principal, wallet_id, account_id, amount, currency)
                        SELECT 'hld_x', tenant, principal, id, account_id, 99999900, currency FROM ledger.wallet WHERE account_id = 1;
                        UPDATE ledger.account_balance SET held = held + 99999900 WHERE account_id = 1""", "account 1: \\d+ posted, \\d+ held"),
                new Plant("holds", """
                        UPDATE ledger.transaction SET hold_id = NULL, kind = 'withdrawal' WHERE id =
                            (SELECT t.id FROM ledger.transaction t JOIN payments.payment p USING (hold_id)
                              WHERE p.status = 'completed' LIMIT 1)""", "hld_.* is settled: \\d+ settled, 0 debited"),
                new Plant("reversals", """
                        SELECT post('txn_w', 'withdrawal', 1, system_account('nostro', 'EUR', 'txn_w'), 1, 'EUR', NULL, 0, NULL, NULL);
                        SELECT post('txn_x', 'reversal', system_account('nostro', 'EUR', 'txn_x'), 1, 2, 'EUR', NULL, 0, NULL, 'txn_w')""", "txn_w of 1 in EUR is reversed by 2"),
                new Plant("reversals", """
                        SELECT post('txn_x', 'reversal', 1, system_account('nostro', 'EUR', 'txn_x'), 2, 'EUR', NULL, 0, NULL,
                                    (SELECT id FROM transaction WHERE kind = 'reversal' LIMIT 1))""", "txn_.* of \\d+ in EUR is reversed by 2"),
                new Plant("clearing", """
                        SELECT post('txn_x', 'deposit', system_account('nostro', 'EUR', 'txn_x'),
                                           system_account('bank_clearing', 'EUR', 'txn_x'), 42, 'EUR', NULL, 0, NULL, NULL)""", "42 in EUR"),
                new Plant("closed-wallets", """
                        UPDATE ledger.wallet SET status = 'closed' WHERE account_id = 1""", "wal_.*: \\d+ posted, \\d+ held"),
                new Plant("payment-holds", """
                        UPDATE payments.payment SET source = 'wal_x' WHERE status = 'in_review'""", "pay_.* from wal_x: hold hld_.*"),
                new Plant(
                        "payment-postings", """
                        UPDATE saga.step SET status = 'FAILED' WHERE name = 'ledger.settle' AND workflow_id IN
                            (SELECT 'payment/' || id FROM payments.payment WHERE status = 'requires_manual_intervention')""", "pay_.* is requires_manual_intervention: hold settled, 5000 settled"),
                new Plant("payment-histories", """
                        DELETE FROM payments.payment_history WHERE to_status = 'refunded'""", "pay_.* is refunded, its history ends with completed"),
                new Plant("payment-sagas", """
                        UPDATE saga.saga SET status = 'SUCCEEDED' WHERE subject_id =
                            (SELECT id FROM payments.payment WHERE status = 'in_review')""", "payment/pay_.* is SUCCEEDED, its payment in_review"),
                new Plant("refund-postings", """
                        UPDATE payments.refund SET transaction_id = NULL WHERE status = 'requires_manual_intervention'""", "txn_.* reverses the settlement of pay_.* for 0 refunds"),
                new Plant("refunded-amounts", """
                        UPDATE payments.payment SET refunded_amount = refunded_amount + 1 WHERE status = 'partially_refunded'""", "pay_.* is partially_refunded: 1501 refunded, refunds of 1500 .*"),
                new Plant("audit-chain", """
                        SELECT audit.seal(1000);
                        UPDATE audit.entry SET object_id = 'wal_x' WHERE position = 1""", "position 1: entry 1 .* is not the one that was sealed here: .*"),
                new Plant("audit-records", """
                        SELECT audit.seal(1000);
                        UPDATE ledger.transaction SET reference = 'forged' WHERE kind = 'withdrawal'""", "txn_.*: reference_sha256 is .*, recorded was null"),
                new Plant("payment-limits", """
                        UPDATE decision.limit_window SET payment_count = payment_count + 1""", "wal_.* counted, .* decided"));
    }

    @ParameterizedTest
    @MethodSource("plants")
    void namesWhatNothingElseWouldFind(Plant plant) {
        EmbeddedDatabase spoilt = sound.copy();
        spoil(spoilt, plant.sql());

        // The log has recorded how it was, and so finds most of what was spoilt too.
        List<BookCheck.Finding> found = check(spoilt).stream()
                .filter(finding -> !finding.isSound())
                .filter(finding -> !finding.check().equals("audit-records")
                        || plant.check().equals("audit-records"))
                .toList();

        assertThat(found).extracting(BookCheck.Finding::check).containsExactly(plant.check());
        assertThat(found.getFirst().violations())
                .isEqualTo(found.getFirst().culprits().size());
        assertThat(found.getFirst().culprits())
                .allSatisfy(culprit -> assertThat(culprit).matches(plant.culprit()));
    }

    @Test
    void isSilentAgainOnceBalancesAreRebuilt() {
        EmbeddedDatabase spoilt = sound.copy();
        spoil(spoilt, "UPDATE account_balance SET posted = 0, held = 0, last_seq = 0 WHERE last_seq > 0");
        assertThat(check(spoilt))
                .filteredOn(finding -> !finding.isSound())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo("balances");
                    assertThat(finding.violations()).isGreaterThan(2);
                });

        JdbcClient.create(spoilt.as(DatabaseRole.OWNER))
                .sql("SELECT * FROM ledger.rebuild_balances()")
                .query()
                .listOfRows();

        assertThat(check(spoilt)).allMatch(BookCheck.Finding::isSound);
    }

    @Test
    void countsAllCulpritsAndNamesSome() {
        EmbeddedDatabase spoilt = sound.copy();
        spoil(spoilt, """
                INSERT INTO transaction (id, kind, booked_at)
                SELECT 'txn_' || n, 'deposit', now() FROM generate_series(10, 39) AS n""");

        assertThat(check(spoilt))
                .filteredOn(finding -> !finding.isSound())
                .first()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo("transactions-have-entries");
                    assertThat(finding.violations()).isEqualTo(30);
                    assertThat(finding.culprits())
                            .hasSize(20)
                            .startsWith("txn_10 has 0 entries")
                            .endsWith("txn_29 has 0 entries");
                });
    }

    @Test
    void knowsAnAuditLogThatWasRewrittenAsAWholeByAnchorsOnly() {
        String lost = "fincore-audit-anchor v1 7 " + "0".repeat(64) + " 2026-11-21T12:00:00.000000Z";

        assertThat(new BookCheck(sound.as(DatabaseRole.WORKER)).run(List.of(Anchor.parse(lost))))
                .filteredOn(finding -> !finding.isSound())
                .singleElement()
                .satisfies(finding -> assertThat(finding.check()).isEqualTo("audit-chain"));
    }

    private static List<BookCheck.Finding> check(EmbeddedDatabase database) {
        return new BookCheck(database.as(DatabaseRole.WORKER)).run(List.of());
    }

    private List<String> statuses(String table) {
        return JdbcClient.create(sound.asSuperuser())
                .sql("SELECT DISTINCT status FROM " + table)
                .query(String.class)
                .list();
    }

    private static void spoil(EmbeddedDatabase database, String sql) {
        try (Connection connection = database.asSuperuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica; SET search_path = ledger");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
