package io.fincore.dev.endtoend;

import io.fincore.dev.stack.Stack;
import io.fincore.ledger.Book;
import io.fincore.steps.BookCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares everything that anybody has written down about the payments: our books, the bank's, the events and the logs. */
final class Audit {

    private static final String OPEN =
            "status IN ('pending', 'in_review', 'processing', 'requires_manual_intervention')";

    /** The bank has paid, whatever came back later. */
    private static final String PAID = "('completed', 'partially_refunded', 'refunded')";

    private static final String WITH_AN_OPERATOR = "was with an operator without need";

    private final Stack stack;
    private final JdbcClient jdbc;
    private final Book book;
    private final BookCheck check;

    Audit(Stack stack) {
        this.stack = stack;
        DataSource unrestricted = stack.postgres().asSuperuser();
        this.jdbc = JdbcClient.create(unrestricted);
        this.book = new Book(unrestricted);
        this.check = new BookCheck(unrestricted);
    }

    Map<String, Long> paymentsByStatus() {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.sql("SELECT status, count(*) AS payments FROM payments.payment GROUP BY status")
                .query(row -> {
                    counts.put(row.getString("status"), row.getLong("payments"));
                });
        return counts;
    }

    /** How many payments have not ended. */
    long openPayments() {
        return count("SELECT count(*) FROM payments.payment WHERE " + OPEN);
    }

    long callbacks() {
        return count("SELECT count(*) FROM intake.inbound_event");
    }

    long events() {
        return count("SELECT count(*) FROM outbox.event");
    }

    /** Waits until nothing moves any more. What still does then is among the {@link #violations()}. */
    void awaitQuiet(Duration atMost) {
        Waiting.until(atMost, () -> unrest().isEmpty());
    }

    /** Everything that is not as it must be when all payments have ended; empty if all is well. */
    List<String> violations() {
        List<String> found = new ArrayList<>(unrest());
        BankBook bank = BankBook.read(stack);
        checkLedger(found);
        checkPayments(found);
        checkBank(bank, found);
        checkCallbacks(bank, found);
        checkEvents(found);
        return found;
    }

    /** The same where people were needed, as somebody has broken something on purpose. */
    List<String> violationsBesidesOperators() {
        return violations().stream()
                .filter(violation -> !violation.endsWith(WITH_AN_OPERATOR))
                .toList();
    }

    /** What is still under way: payments, workflows, transfers and callbacks at the bank, callbacks here, events. */
    private List<String> unrest() {
        List<String> moving = new ArrayList<>();
        report(moving, "has not ended", rows("SELECT id || ' ' || status FROM payments.payment WHERE " + OPEN));
        report(
                moving,
                "is a saga under way",
                rows("SELECT workflow_id || ' ' || status FROM saga.saga WHERE status NOT IN ('SUCCEEDED', 'FAILED')"));
        report(
                moving,
                "is a callback not handed on",
                rows("SELECT event_id FROM intake.inbound_event WHERE status = 'pending'"));
        report(moving, "is an event not dispatched", rows("""
                SELECT id || ' ' || type FROM outbox.event
                 WHERE position IS NULL OR position > (SELECT coalesce(min(position), 0) FROM outbox.cursor)"""));
        if (!BankBook.read(stack).isQuiet()) {
            moving.add("the bank has transfers to decide or callbacks to deliver");
        }
        if (stack.temporal().openWorkflows() > 0) {
            moving.add(stack.temporal().openWorkflows() + " workflows are open");
        }
        return moving;
    }

    /** What holds at every instant, and then what holds only when all has ended. */
    private void checkLedger(List<String> found) {
        for (BookCheck.Finding finding : check.run(List.of())) {
            report(found, "violates " + finding.check(), finding.culprits());
        }
        report(found, "is an open hold", book.openHolds());
        report(found, "is a wallet that has not got back or paid what its payments say", rows("""
                SELECT w.id || ': ' || b.posted || ' posted, ' || b.held || ' held'
                  FROM ledger.wallet w JOIN ledger.account_balance b ON b.account_id = w.account_id
                 WHERE b.held <> 0 OR b.posted <>
                       (SELECT coalesce(sum(CASE e.side WHEN 'credit' THEN e.amount ELSE -e.amount END), 0)
                          FROM ledger.entry e JOIN ledger.transaction t ON t.id = e.transaction_id
                         WHERE e.account_id = w.account_id AND t.kind IN ('deposit', 'withdrawal', 'transfer'))
                     - (SELECT coalesce(sum(p.amount - p.refunded_amount), 0) FROM payments.payment p
                         WHERE p.source = w.id AND p.status IN %s)""".formatted(PAID)));
        report(found, "is a source whose limits do not count its completed payments", rows("""
                SELECT w.source || ': ' || w.counted || ' counted, ' || w.amount
                  FROM (SELECT source, sum(payment_count) AS counted, sum(amount_sum) AS amount
                          FROM decision.limit_window GROUP BY source) w
                 WHERE (w.counted, w.amount) <>
                       (SELECT count(*), coalesce(sum(amount), 0) FROM payments.payment p
                         WHERE p.source = w.source AND p.status IN %s)""".formatted(PAID)));
    }

    private void checkPayments(List<String> found) {
        report(found, "has not exactly one end in its history", rows("""
                SELECT p.id || ' ' || p.status || ': ' || count(h.number)
                  FROM payments.payment p LEFT JOIN payments.payment_history h
                    ON h.payment_id = p.id AND h.to_status IN ('completed', 'rejected', 'failed', 'cancelled')
                 GROUP BY p.id, p.status
                HAVING count(h.number) <> 1
                    OR min(h.to_status) <> CASE WHEN p.status IN %s THEN 'completed' ELSE p.status END""".formatted(PAID)));
        report(
                found,
                WITH_AN_OPERATOR,
                rows(
                        "SELECT payment_id FROM payments.payment_history WHERE to_status = 'requires_manual_intervention'"));
        report(found, "is a saga that ended otherwise than its payment", rows("""
                SELECT s.workflow_id || ' ' || s.status || ', ' || p.status
                  FROM saga.saga s JOIN payments.payment p ON p.id = s.subject_id AND s.type = 'payment'
                 WHERE s.status <> CASE WHEN p.status IN %s THEN 'SUCCEEDED' ELSE 'FAILED' END""".formatted(PAID)));
        report(found, "is a payment that was accepted and lost", rows("""
                SELECT resource_id FROM intake.idempotency_key k
                 WHERE operation = 'payments.create' AND status IS DISTINCT FROM 409
                   AND NOT EXISTS (SELECT FROM payments.payment p WHERE p.id = k.resource_id)"""));
    }

    /** The bank's book against the settlements in ours, by end-to-end id and amount. */
    private void checkBank(BankBook bank, List<String> found) {
        Set<String> here = new TreeSet<>(rows("""
                SELECT p.end_to_end_id || ' ' || e.amount || ' ' || e.currency
                  FROM ledger.transaction t
                  JOIN ledger.entry e ON e.transaction_id = t.id AND e.side = 'debit'
                  JOIN payments.payment p ON p.hold_id = t.hold_id
                 WHERE t.kind = 'settlement'"""));
        Set<String> there = bank.transfers().stream()
                .filter(BankBook.Line::isSettled)
                .map(line -> line.endToEndId() + " " + line.amount() + " " + line.currency())
                .collect(Collectors.toCollection(TreeSet::new));
        report(found, "is settled here and not at the bank", without(here, there));
        report(found, "is settled at the bank and not here", without(there, here));
        Set<String> creditedHere = new TreeSet<>(rows("""
                SELECT r.end_to_end_id || ' ' || e.amount || ' ' || e.currency
                  FROM ledger.transaction t
                  JOIN ledger.entry e ON e.transaction_id = t.id AND e.side = 'credit'
                  JOIN payments.refund r ON r.transaction_id = t.id
                 WHERE t.kind = 'reversal' AND r.status = 'completed'"""));
        Set<String> returnedThere = bank.returns().stream()
                .filter(BankBook.Line::isSettled)
                .map(line -> line.endToEndId() + " " + line.amount() + " " + line.currency())
                .collect(Collectors.toCollection(TreeSet::new));
        report(found, "is credited here and not returned by the bank", without(creditedHere, returnedThere));
        report(found, "is returned by the bank and not credited here", without(returnedThere, creditedHere));
        report(
                found,
                "was executed more than once, or without being settled",
                bank.lines().stream()
                        .filter(line -> line.timesExecuted() != (line.isSettled() ? 1 : 0))
                        .toList());
    }

    /** Each callback that the bank was thanked for is here once, was handed on, and says how the payment ended. */
    private void checkCallbacks(BankBook bank, List<String> found) {
        Set<String> taken = bank.lines().stream()
                .filter(line -> line.callbackEventId() != null && line.callbacksDelivered() > 0)
                .map(line -> line.callbackEventId() + " " + line.endToEndId() + " "
                        + (line.isSettled() ? "completed" : "failed"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> effective = new TreeSet<>(rows("""
                SELECT i.event_id || ' ' || p.end_to_end_id || ' ' || p.status
                  FROM intake.inbound_event i
                  JOIN (SELECT end_to_end_id,
                               CASE WHEN status IN %s THEN 'completed' ELSE status END AS status FROM payments.payment
                        UNION ALL SELECT end_to_end_id, status FROM payments.refund) p
                    ON p.end_to_end_id = convert_from(i.body, 'UTF8')::jsonb ->> 'end_to_end_id'
                 WHERE i.status = 'done'""".formatted(PAID)));
        report(found, "is a callback acknowledged without effect", without(taken, effective));
        report(found, "is a callback laid aside", rows("""
                SELECT event_id || ' ' || outcome FROM intake.inbound_event WHERE status = 'dead'"""));
    }

    private void checkEvents(List<String> found) {
        report(found, "is an alert of a contradiction", rows("""
                SELECT id || ' ' || subject_id FROM outbox.event WHERE type LIKE '%.contradiction'"""));
        report(found, "has not exactly one event of its end", rows("""
                SELECT p.id || ' ' || p.status FROM payments.payment p
                 WHERE 1 <> (SELECT count(*) FROM outbox.event e
                              WHERE e.subject_id = p.id AND e.type IN
                                    ('payment.completed', 'payment.rejected', 'payment.failed', 'payment.cancelled'))"""));
        report(found, "is a hole in the positions of events", rows("""
                SELECT 'positions up to ' || max(position) || ' of ' || count(*) || ' events'
                  FROM outbox.event HAVING max(position) <> count(*)"""));
        Set<String> events = new TreeSet<>(rows("SELECT id FROM outbox.event"));
        report(found, "is an event that no worker has logged", without(events, WorkerLog.eventIds(stack.worker())));
    }

    private static void report(List<String> found, String what, Iterable<?> culprits) {
        culprits.forEach(culprit -> found.add(culprit + " " + what));
    }

    private static Set<String> without(Set<String> all, Set<String> others) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    private List<String> rows(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
