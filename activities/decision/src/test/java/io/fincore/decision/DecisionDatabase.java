package io.fincore.decision;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of its own with the seeded rules, and what tests ask of it. */
final class DecisionDatabase {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    final EmbeddedDatabase database = EmbeddedDatabase.create();
    final DataSource worker = database.as(DatabaseRole.WORKER);
    final JdbcClient owner = JdbcClient.create(database.as(DatabaseRole.OWNER));

    /** An ordinary payment that the seeded rules approve. */
    static PaymentFacts payment() {
        return payment(Money.of(1250, "EUR"));
    }

    static PaymentFacts payment(Money amount) {
        return new PaymentFacts(
                IdType.PAYMENT.next(),
                "acme",
                "clara",
                "cus_1",
                "wal_1",
                amount,
                "Bäckerei Müller GmbH",
                "DE89370400440532013000",
                "192.0.2.1",
                NOON);
    }

    static PaymentFacts paymentAt(Instant at) {
        return with(payment(), "wal_1", at);
    }

    static PaymentFacts paymentTo(String creditorName) {
        PaymentFacts facts = payment();
        return new PaymentFacts(
                facts.paymentId(),
                facts.tenant(),
                facts.principal(),
                facts.customerId(),
                facts.source(),
                facts.amount(),
                creditorName,
                facts.creditorIban(),
                facts.clientIp(),
                facts.at());
    }

    static PaymentFacts paymentFrom(String source) {
        return with(payment(), source, NOON);
    }

    private static PaymentFacts with(PaymentFacts facts, String source, Instant at) {
        return new PaymentFacts(
                facts.paymentId(),
                facts.tenant(),
                facts.principal(),
                facts.customerId(),
                source,
                facts.amount(),
                facts.creditorName(),
                facts.creditorIban(),
                facts.clientIp(),
                at);
    }

    /** Makes one rule the whole active set, with the reason code {@code tested}. */
    void activate(String version, String outcome, String expression) {
        draft(version);
        addRule(version, "tested", outcome, expression);
        activate(version);
    }

    void activate(String version) {
        owner.sql("SELECT decision.activate_rule_set(:version)")
                .param("version", version)
                .query()
                .listOfRows();
    }

    void draft(String version) {
        owner.sql("INSERT INTO decision.rule_set (version, description, window_minutes) VALUES (:version, 'Test', 60)")
                .param("version", version)
                .update();
    }

    void addRule(String version, String name, String outcome, String expression) {
        owner.sql("""
                        INSERT INTO decision.rule (rule_set_version, name, expression, outcome, reason_code, detail)
                        VALUES (:version, :name, :expression, :outcome, :name, 'As tested')""")
                .param("version", version)
                .param("name", name)
                .param("expression", expression)
                .param("outcome", outcome)
                .update();
    }

    void inTransactionAsWorker(Runnable work) {
        new TransactionTemplate(new JdbcTransactionManager(worker)).executeWithoutResult(status -> work.run());
    }

    /** The reserved pieces: source, currency, count, sum. */
    List<String> reserved() {
        return owner.sql("""
                        SELECT source || ' ' || currency || ' ' || sum(payment_count) || ' ' || sum(amount_sum)
                        FROM decision.limit_window GROUP BY source, currency
                        HAVING sum(payment_count) + sum(amount_sum) > 0
                        ORDER BY source, currency""").query(String.class).list();
    }

    Map<String, Object> row(String paymentId) {
        return owner.sql("""
                        SELECT payment_id, tenant, principal, customer_id, source, amount, currency, creditor_iban,
                               client_ip,
                               rule_set_version, outcome, reasons::text AS reasons,
                               reserved_in IS NOT NULL AS reserved, released_at IS NOT NULL AS released
                        FROM decision.decision
                        WHERE payment_id = :paymentId""").param("paymentId", paymentId).query().singleRow();
    }

    long decisions() {
        return owner.sql("SELECT count(*) FROM decision.decision")
                .query(Long.class)
                .single();
    }

    /** Runs all tasks at once, each on a thread of its own. */
    static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
        }
        return results;
    }
}
