package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.outbox.Outbox;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class PaymentHistoryTest {

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final JdbcClient superuser = JdbcClient.create(database.asSuperuser());
    private final DataSource dataSource = database.as(DatabaseRole.WORKER);
    private final Outbox outbox = new Outbox(dataSource);
    private final PaymentStore payments = new PaymentStore(dataSource, outbox, new SagaStore(dataSource, outbox));
    private final TransactionTemplate transaction =
            new TransactionTemplate(new DataSourceTransactionManager(dataSource));

    /** As when several refunds of one payment end at once. */
    @Test
    void numbersAChangeAfterTheOneItHadToWaitFor() {
        PaymentOrder order = Orders.of(IdType.CUSTOMER.next(), Money.of(1, "EUR"), null, Instant.now());
        payments.create(order);
        String id = order.paymentId();

        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            CompletableFuture<Void> second = transaction.execute(status -> {
                payments.changeStatus(id, PaymentStatus.IN_REVIEW, "first", "system");
                CompletableFuture<Void> waiting = CompletableFuture.runAsync(
                        () -> payments.changeStatus(id, PaymentStatus.PROCESSING, "second", "system"), thread);
                awaitLock();
                return waiting;
            });
            Objects.requireNonNull(second).join();
        }

        assertThat(superuser
                        .sql("SELECT number || ' ' || to_status FROM payments.payment_history ORDER BY number")
                        .query(String.class)
                        .list())
                .containsExactly("1 pending", "2 in_review", "3 processing");
    }

    /** One version is one representation: a client's ETag stands for what it saw. */
    @Test
    void whatClientsSeeChangesWithItsVersion() {
        PaymentOrder order = Orders.of(IdType.CUSTOMER.next(), Money.of(1, "EUR"), null, Instant.now());
        payments.create(order);
        String id = order.paymentId();
        List<String> seen = new ArrayList<>(List.of(seen(id)));

        superuser.sql("""
                INSERT INTO decision.decision (payment_id, tenant, principal, customer_id, source, amount, currency, creditor_iban,
                    rule_set_version, outcome, reasons, inputs, reserved_in)
                SELECT id, tenant, principal, customer_id, source, amount, currency, creditor_iban, '1', 'review', '[1]', '{}', now()
                  FROM payments.payment""").update();
        seen.add(seen(id));
        superuser.sql("""
                INSERT INTO payments.compliance_case (id, payment_id, tenant, principal, reasons, remind_at, due_at, expires_at)
                SELECT 'case_1', id, tenant, principal, '[]', now(), now(), now() FROM payments.payment""").update();
        seen.add(seen(id));
        payments.changeStatus(id, PaymentStatus.IN_REVIEW, "somebody looks at it", "system");
        seen.add(seen(id));
        payments.decideRejection(id, "The payment was not approved.");
        seen.add(seen(id));
        payments.showPendingStatus(payments.get(id));
        seen.add(seen(id));

        assertThat(seen)
                .containsExactly(
                        "1 pending",
                        "2 pending review",
                        "3 pending review case_1",
                        "4 in_review review case_1",
                        "4 in_review review case_1",
                        "5 rejected review case_1 case_rejected The payment was not approved.");
    }

    private String seen(String paymentId) {
        return superuser.sql("""
                        SELECT concat_ws(' ', version, status, decision_outcome, case_id, failure_code, failure_detail)
                          FROM read.payment WHERE id = ?""").param(paymentId).query(String.class).single();
    }

    private void awaitLock() {
        while (superuser.sql("""
                                SELECT count(*) FROM pg_stat_activity
                                 WHERE datname = current_database() AND wait_event_type = 'Lock'""").query(Long.class).single() == 0) {
            Thread.onSpinWait();
        }
    }
}
