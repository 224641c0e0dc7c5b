package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.audit.Origin;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who, before and after of what the steps change. */
class AuditTest {

    /** SHA-256 of {@code because}. */
    private static final String BECAUSE = "a511aeeeb8a119931a67038a63b7974faee48712de1c79391ebe2c9b929678e9";

    @Test
    void tellsAPaymentFromItsOrderToItsEnd() {
        try (PaymentSaga saga = new PaymentSaga()) {
            PaymentOrder order = saga.order(1250);
            assertThat(saga.run(order)).isEqualTo(PaymentStatus.COMPLETED);

            String workflow = "workflow payment/" + order.paymentId();
            assertThat(saga.jdbc
                            .sql("""
                                    SELECT action || ' by ' || (origin ->> 'actor') FROM audit.unsealed
                                     WHERE object = 'payment' OR object = 'hold' ORDER BY id""")
                            .query(String.class)
                            .list())
                    .containsExactly(
                            "payment.created by alice",
                            "hold.placed by " + workflow,
                            "payment.changed by " + workflow,
                            "hold.changed by " + workflow,
                            "payment.changed by " + workflow);
            assertThat(saga.jdbc
                            .sql("SELECT string_agg(coalesce(before::text, '-') || ' ' || after::text, ' ') FROM audit.unsealed")
                            .query(String.class)
                            .single())
                    .as("whom the money went to, and whose it was, is nobody's to keep for ever")
                    .doesNotContain("ACME", "DE89370400440532013000", "Alice", "alice@example.com");
        }
    }

    @Test
    void tellsWhatBecomesOfThePaymentsObjects() {
        EmbeddedDatabase database = EmbeddedDatabase.create();
        work(database, """
                INSERT INTO payments.payment (id, tenant, principal, customer_id, source, amount, currency, creditor_name,
                    creditor_iban, end_to_end_id, hold_id, status, metadata, correlation_id, ordered_at, deadline)
                VALUES ('pay_1', 'acme', 'alice', 'cus_1', 'wal_1', 900, 'EUR', 'ACME', 'DE89', 'E1', 'hld_1', 'completed', '{}', 'c',
                    now(), now())""");
        work(database, "UPDATE payments.payment SET updated_at = now(), send_claim = 'send', send_claimed_at = now()");
        work(database, "UPDATE payments.payment SET status = 'partially_refunded', refunded_amount = 400");
        work(database, """
                INSERT INTO payments.refund (id, payment_id, tenant, principal, amount, currency, end_to_end_id, status, metadata,
                    correlation_id, ordered_at, deadline)
                VALUES ('ref_1', 'pay_1', 'acme', 'alice', 400, 'EUR', 'E2', 'pending', '{}', 'c', now(), now())""");
        work(database, "UPDATE payments.refund SET status = 'completed', transaction_id = 'txn_1'");
        work(database, """
                INSERT INTO payments.account_activation (id, tenant, principal, customer_id, wallet_id, status, metadata,
                    correlation_id, ordered_at, deadline)
                VALUES ('act_1', 'acme', 'alice', 'cus_1', 'wal_1', 'pending', '{}', 'c', now(), now())""");
        work(database, "UPDATE payments.account_activation SET status = 'failed', failure_code = 'kyc_refused'");

        assertThat(records(database))
                .containsExactly(
                        "payment.created payment pay_1 - {\"amount\": 900, \"source\": \"wal_1\", \"status\": \"completed\", "
                                + "\"hold_id\": \"hld_1\", \"currency\": \"EUR\", \"customer_id\": \"cus_1\"}",
                        "payment.changed payment pay_1 "
                                + "{\"status\": \"completed\", \"failure_code\": null, \"refunded_amount\": 0} "
                                + "{\"status\": \"partially_refunded\", \"failure_code\": null, \"refunded_amount\": 400}",
                        "refund.created refund ref_1 - "
                                + "{\"amount\": 400, \"status\": \"pending\", \"currency\": \"EUR\", \"payment_id\": \"pay_1\"}",
                        "refund.changed refund ref_1 "
                                + "{\"status\": \"pending\", \"failure_code\": null, \"transaction_id\": null} "
                                + "{\"status\": \"completed\", \"failure_code\": null, \"transaction_id\": \"txn_1\"}",
                        "activation.created account_activation act_1 - "
                                + "{\"status\": \"pending\", \"wallet_id\": \"wal_1\", \"customer_id\": \"cus_1\"}",
                        "activation.changed account_activation act_1 {\"status\": \"pending\", \"failure_code\": null} "
                                + "{\"status\": \"failed\", \"failure_code\": \"kyc_refused\"}");
    }

    @Test
    void tellsWhatBecomesOfACaseWithoutWhatPeopleWrote() {
        EmbeddedDatabase database = EmbeddedDatabase.create();
        JdbcClient.create(database.asSuperuser())
                .sql("""
                        SET session_replication_role = replica;
                        INSERT INTO payments.compliance_case
                            (id, payment_id, tenant, principal, reasons, remind_at, due_at, expires_at)
                        VALUES ('case_0', 'pay_0', 'acme', 'alice', '[]', now(), now(), now())""")
                .update();
        work(database, "INSERT INTO payments.case_note (id, case_id, author, body) VALUES ('note_1', 'case_0', 'bob', 'because')");
        work(database, "UPDATE payments.compliance_case SET escalated_at = now()");
        work(database, "UPDATE payments.compliance_case SET assignee = 'bob'");
        work(database, """
                UPDATE payments.compliance_case
                   SET status = 'resolved', verdict = 'rejected', note = 'because', resolved_by = 'bob', resolved_at = now()""");

        String open = "{\"round\": 1, \"status\": \"open\", \"verdict\": null, \"assignee\": %s, \"note_sha256\": null, "
                + "\"resolved_by\": null}";
        assertThat(records(database))
                .containsExactly(
                        "case.note_added compliance_case case_0 - "
                                + "{\"id\": \"note_1\", \"author\": \"bob\", \"body_sha256\": \"" + BECAUSE + "\"}",
                        "case.changed compliance_case case_0 " + open.formatted("null") + " " + open.formatted("\"bob\""),
                        "case.changed compliance_case case_0 " + open.formatted("\"bob\"")
                                + " {\"round\": 1, \"status\": \"resolved\", \"verdict\": \"rejected\", \"assignee\": \"bob\", "
                                + "\"note_sha256\": \"" + BECAUSE + "\", \"resolved_by\": \"bob\"}");
    }

    @Test
    void tellsThatACaseWasOpened() {
        EmbeddedDatabase database = EmbeddedDatabase.create();
        JdbcClient.create(database.asSuperuser())
                .sql("ALTER TABLE payments.compliance_case DROP CONSTRAINT compliance_case_payment_id_fkey")
                .update();
        work(database, """
                INSERT INTO payments.compliance_case (id, payment_id, tenant, principal, reasons, remind_at, due_at, expires_at)
                VALUES ('case_1', 'pay_1', 'acme', 'alice', '["a name"]', now(), now(), now())""");
        assertThat(records(database))
                .containsExactly("case.opened compliance_case case_1 - {\"status\": \"open\", \"payment_id\": \"pay_1\"}");
    }

    @Test
    void tellsWhoIntervenedAndWhoApproved() {
        EmbeddedDatabase database = EmbeddedDatabase.create();
        work(database, """
                INSERT INTO saga.intervention (id, workflow_id, action, reason, requested_by, status, before)
                VALUES ('int_1', 'payment/pay_1', 'retry', 'because', 'clara', 'requested', '"because"')""");
        work(database, "UPDATE saga.intervention SET status = 'taken', approved_by = 'bob', approved_at = now()");
        work(database, "UPDATE saga.intervention SET status = 'done', after = '\"because\"', concluded_at = now()");

        String taken = "{\"id\": \"int_1\", \"status\": \"taken\", \"approved_by\": \"bob\", \"after_sha256\": null}";
        assertThat(records(database))
                .containsExactly(
                        "intervention.requested saga payment/pay_1 - {\"id\": \"int_1\", \"action\": \"retry\", "
                                + "\"status\": \"requested\", \"resolution\": null, \"requested_by\": \"clara\", "
                                + "\"before_sha256\": \"" + BECAUSE + "\", \"reason_sha256\": \"" + BECAUSE + "\"}",
                        "intervention.changed saga payment/pay_1 "
                                + "{\"id\": \"int_1\", \"status\": \"requested\", \"approved_by\": null, \"after_sha256\": null} "
                                + taken,
                        "intervention.changed saga payment/pay_1 " + taken
                                + " {\"id\": \"int_1\", \"status\": \"done\", \"approved_by\": \"bob\", \"after_sha256\": \""
                                + BECAUSE + "\"}");
    }

    /** As the worker does, by Clara's order. */
    private static void work(EmbeddedDatabase database, String sql) {
        DataSource worker = database.as(DatabaseRole.WORKER);
        JdbcClient jdbc = JdbcClient.create(worker);
        new TransactionTemplate(new JdbcTransactionManager(worker)).executeWithoutResult(status -> {
            Origin.of("clara", "cor_1").bind(jdbc);
            jdbc.sql(sql).update();
        });
    }

    private static List<String> records(EmbeddedDatabase database) {
        JdbcClient all = JdbcClient.create(database.asSuperuser());
        assertThat(all.sql("SELECT DISTINCT origin::text FROM audit.unsealed")
                        .query(String.class)
                        .single())
                .isEqualTo("{\"actor\": \"clara\", \"correlation_id\": \"cor_1\"}");
        return all.sql("SELECT action || ' ' || object || ' ' || object_id || ' ' || coalesce(before::text, '-') || ' ' || after"
                        + " FROM audit.unsealed ORDER BY id")
                .query(String.class)
                .list();
    }
}
