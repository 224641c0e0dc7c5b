package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fincore.customers.Customers;
import io.fincore.customers.NewCustomer;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.outbox.EventDispatcher;
import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.providers.Notification;
import io.fincore.providers.NotifierAnswer;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.refund.RefundOrder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

@Isolated("reads the log, which all tests write")
class NotificationsTest {

    private static final String ALICE = "alice@example.com";
    private static final String BOB = "bob@example.com";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final JdbcClient all = JdbcClient.create(database.asSuperuser());
    private final CountingDataSource dataSource = new CountingDataSource(database.as(DatabaseRole.WORKER));
    private final Outbox outbox = new Outbox(dataSource);
    private final SagaStore sagas = new SagaStore(dataSource, outbox);
    private final PaymentStore payments = new PaymentStore(dataSource, outbox, sagas);
    private final RefundStore refunds = new RefundStore(dataSource, outbox, sagas);
    private final ActivationStore activations = new ActivationStore(dataSource, outbox, sagas);
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final FakeNotifier notifier = new FakeNotifier();
    private final Notifications notifications = relay();
    private final EventDispatcher dispatcher =
            new EventDispatcher(dataSource, notifications, Notifications.CURSOR, 1000);

    @Test
    void tellsOfAPaymentItsRefundAndAnActivation() {
        String alice = customer(ALICE);
        PaymentOrder payment = completePayment(alice, Money.of(1250, "EUR"), "INV-1");
        RefundOrder refund = completeRefund(payment, Money.of(50, "EUR"));
        ActivationOrder activation = completeActivation(customer(BOB));

        dispatch();
        deliverAllDue();

        assertThat(notifier.received)
                .containsExactlyInAnyOrder(
                        new Notification(
                                eventId("payment.completed"),
                                ALICE,
                                "payment_completed",
                                Map.of(
                                        "payment", payment.paymentId(),
                                        "amount", "12.50",
                                        "currency", "EUR",
                                        "reference", "INV-1")),
                        new Notification(
                                eventId("refund.completed"),
                                ALICE,
                                "refund_completed",
                                Map.of(
                                        "refund", refund.refundId(),
                                        "payment", payment.paymentId(),
                                        "amount", "0.50",
                                        "currency", "EUR",
                                        "reference", "INV-1")),
                        new Notification(
                                eventId("activation.completed"),
                                BOB,
                                "activation_completed",
                                Map.of("wallet", activation.walletId())));
        assertThat(rows())
                .containsExactlyInAnyOrder(
                        "payment_completed delivered 1",
                        "refund_completed delivered 1",
                        "activation_completed delivered 1");
        assertThat(notifications.backlog()).isEqualTo(new Notifications.Backlog(0, Duration.ZERO, 0));
    }

    @Test
    void tellsAmountsWithTheDecimalsOfTheirCurrency() {
        completePayment(customer(ALICE), Money.of(1250, "JPY"), null);

        dispatch();
        deliverAllDue();

        assertThat(notifier.received)
                .singleElement()
                .satisfies(told -> assertThat(told.values())
                        .containsEntry("amount", "1250")
                        .doesNotContainKey("reference"));
    }

    @Test
    void tellsOnceThoughItSeesTheEventAgain() {
        completePayment(customer(ALICE));
        dispatch();
        rewindCursor();
        dispatch();
        deliverAllDue();
        rewindCursor();
        dispatch();
        deliverAllDue();

        assertThat(notifier.received).hasSize(1);
        assertThat(rows()).containsExactly("payment_completed delivered 1");
    }

    @Test
    void beginsWithWhatHappensAfterItWasInstalled() {
        assertThat(all.sql("SELECT name FROM outbox.cursor").query(String.class).list())
                .contains(Notifications.CURSOR);
    }

    @Test
    void isNotHeldUpByAnEventWithoutSubject() {
        outbox.append(new NewEvent("acme", "alice", "payment.completed", IdType.PAYMENT.next(), "{}"));
        completePayment(customer(ALICE));

        dispatch();
        deliverAllDue();

        assertThat(rows()).containsExactly("payment_completed delivered 1");
    }

    @Test
    void holdsNoConnectionWhileTheProviderIsAsked() {
        completePayment(customer(ALICE));
        dispatch();
        AtomicInteger held = new AtomicInteger(-1);
        notifier.answers.put(ALICE, () -> {
            held.set(dataSource.open.get());
            return new NotifierAnswer.Delivered();
        });

        deliverAllDue();

        assertThat(held).hasValue(0);
    }

    @Test
    void holdsUpNobodyForARecipientWhoCannotBeReached() {
        unavailable(ALICE, null);
        completePayment(customer(ALICE));
        String bob = customer(BOB);
        completePayment(bob);
        completePayment(bob);

        dispatch();
        deliverAllDue();

        assertThat(toldTo(BOB)).isEqualTo(2);
        assertThat(rows())
                .containsExactlyInAnyOrder(
                        "payment_completed pending 1 HTTP 503",
                        "payment_completed delivered 1",
                        "payment_completed delivered 1");
        now.set(NOON.plusSeconds(4));
        assertThat(notifications.backlog()).isEqualTo(new Notifications.Backlog(1, Duration.ofSeconds(4), 0));
        assertThat(notifications.deliverDue()).as("before its time").isFalse();

        notifier.answers.clear();
        now.set(NOON.plusSeconds(5));
        deliverAllDue();
        assertThat(rows()).containsOnly("payment_completed delivered 1", "payment_completed delivered 2");
    }

    @Test
    void holdsUpNobodyForARecipientWhoCausesAFault() {
        notifier.answers.put(ALICE, () -> {
            throw new IllegalStateException("no way to " + ALICE);
        });
        completePayment(customer(ALICE));
        completePayment(customer(BOB));

        dispatch();
        deliverAllDue();

        assertThat(rows())
                .containsExactlyInAnyOrder(
                        "payment_completed pending 1 java.lang.IllegalStateException", "payment_completed delivered 1");
    }

    @Test
    void waitsTwiceAsLongAfterEachAttemptButNeverLongerThanAnHour() {
        unavailable(ALICE, null);
        completePayment(customer(ALICE));
        dispatch();

        List<Long> pauses = new ArrayList<>();
        for (int attempt = 1; attempt <= 13; attempt++) {
            pauses.add(pauseAfterAttempt());
        }

        assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 2560L, 3600L, 3600L, 3600L);
    }

    @Test
    void waitsForAsLongAsTheProviderAsks() {
        completePayment(customer(ALICE));
        dispatch();

        unavailable(ALICE, Duration.ofSeconds(90));
        assertThat(pauseAfterAttempt()).isEqualTo(90);
        unavailable(ALICE, Duration.ofSeconds(1));
        assertThat(pauseAfterAttempt())
                .as("not sooner than without being asked")
                .isEqualTo(10);
    }

    @Test
    void endsWhenTheProviderRefuses() {
        notifier.answers.put(ALICE, () -> new NotifierAnswer.Refused("HTTP 422"));
        completePayment(customer(ALICE));
        completePayment(IdType.CUSTOMER.next());
        dispatch();
        deliverAllDue();

        now.set(NOON.plus(Duration.ofDays(2)));
        deliverAllDue();

        assertThat(notifier.received).hasSize(1);
        assertThat(rows())
                .containsExactlyInAnyOrder(
                        "payment_completed refused 1 HTTP 422",
                        "payment_completed refused 1 there is no such customer");
        assertThat(notifications.backlog()).isEqualTo(new Notifications.Backlog(0, Duration.ZERO, 2));
    }

    @Test
    void givesUpAfterADay() {
        unavailable(ALICE, null);
        completePayment(customer(ALICE));
        dispatch();

        Instant last = now.get();
        while (notifications.deliverDue()) {
            last = now.get();
            now.set(nextAttempt());
        }

        assertThat(last).isEqualTo(NOON.plus(Duration.ofHours(24)));
        assertThat(all.sql("SELECT status || ' ' || settled_at FROM payments.notification")
                        .query(String.class)
                        .single())
                .isEqualTo("dead " + timestamp(last));
        assertThat(notifications.backlog()).isEqualTo(new Notifications.Backlog(0, Duration.ZERO, 1));
    }

    @Test
    void triesOnceMoreWhenNobodyWasThereForDays() {
        completePayment(customer(ALICE));
        dispatch();

        now.set(NOON.plus(Duration.ofDays(3)));
        deliverAllDue();

        assertThat(rows()).containsExactly("payment_completed delivered 1");
    }

    @Test
    void goesOnWhereAProcessDied() {
        completePayment(customer(ALICE));
        completePayment(customer(BOB));
        dispatch();
        notifier.answers.put(ALICE, () -> {
            throw new ProcessDied();
        });
        assertThatThrownBy(this::deliverAllDue).isInstanceOf(ProcessDied.class);
        notifier.answers.clear();

        Notifications restarted = relay();
        while (restarted.deliverDue()) {}
        assertThat(rows())
                .as("the other attempt may still be under way")
                .containsExactlyInAnyOrder("payment_completed pending 1", "payment_completed delivered 1");
        now.set(NOON.plus(Duration.ofMinutes(1)));
        while (restarted.deliverDue()) {}

        assertThat(rows()).containsExactlyInAnyOrder("payment_completed delivered 2", "payment_completed delivered 1");
        assertThat(notifier.received.stream()
                        .filter(told -> told.recipient().equals(ALICE))
                        .map(Notification::id))
                .as("the id is the provider's idempotency key")
                .hasSize(2)
                .containsOnly(eventIdOf(ALICE));
    }

    @Test
    void letsTheLaterAttemptDecide() {
        completePayment(customer(ALICE));
        dispatch();
        notifier.answers.put(ALICE, () -> {
            now.set(NOON.plus(Duration.ofMinutes(2)));
            notifier.answers.remove(ALICE);
            assertThat(relay().deliverDue()).as("the lease is over").isTrue();
            return new NotifierAnswer.Refused("an answer of long ago");
        });

        deliverAllDue();

        assertThat(rows()).containsExactly("payment_completed delivered 2");
    }

    @Test
    void deliversEachOnceWhenManyRelaysDoSoAtOnce() throws Exception {
        String alice = customer(ALICE);
        for (int payment = 0; payment < 100; payment++) {
            completePayment(alice);
        }
        dispatch();

        List<Callable<Integer>> relays = new ArrayList<>();
        for (int relay = 0; relay < 4; relay++) {
            relays.add(() -> {
                Notifications own = relay();
                int delivered = 0;
                while (own.deliverDue()) {
                    delivered++;
                }
                return delivered;
            });
        }
        int delivered = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> relay : threads.invokeAll(relays)) {
                delivered += relay.get();
            }
        }

        assertThat(delivered).isEqualTo(100);
        assertThat(notifier.received).extracting(Notification::id).hasSize(100).doesNotHaveDuplicates();
        assertThat(rows()).hasSize(100).containsOnly("payment_completed delivered 1");
    }

    @Test
    void saysNothingAboutThePersonInLogsEventsAndRows() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("io.fincore");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        Level before = ours.getLevel();
        ours.setLevel(Level.DEBUG);
        try {
            unavailable(ALICE, null);
            notifier.answers.put(BOB, () -> new NotifierAnswer.Refused("HTTP 422"));
            completePayment(customer(ALICE));
            completePayment(customer(BOB));
            dispatch();
            deliverAllDue();
            notifier.answers.put(ALICE, () -> {
                throw new IllegalStateException("no way to " + ALICE);
            });
            now.set(NOON.plus(Duration.ofHours(24)));
            deliverAllDue();
        } finally {
            ours.setLevel(before);
            root.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("REFUSED"))
                .anyMatch(line -> line.contains("DEAD"))
                .noneMatch(line -> line.contains("example.com"));
        assertThat(log.list).allMatch(line -> line.getThrowableProxy() == null);
        assertThat(all.sql("SELECT to_jsonb(n)::text FROM payments.notification n"
                                + " UNION ALL SELECT to_jsonb(e)::text FROM outbox.event e")
                        .query(String.class)
                        .list())
                .noneMatch(row -> row.contains("example.com"));
    }

    /** Not an exception, so that nothing in the process can catch it. */
    private static final class ProcessDied extends Error {}

    private Notifications relay() {
        return new Notifications(dataSource, notifier, now::get);
    }

    private void dispatch() {
        while (dispatcher.dispatchOnce() > 0) {}
    }

    private void deliverAllDue() {
        while (notifications.deliverDue()) {}
    }

    private void rewindCursor() {
        assertThat(all.sql("UPDATE outbox.cursor SET position = 0 WHERE name = 'notifications' AND position > 0")
                        .update())
                .isEqualTo(1);
    }

    private void unavailable(String recipient, @Nullable Duration retryAfter) {
        notifier.answers.put(recipient, () -> new NotifierAnswer.Unavailable("HTTP 503", retryAfter));
    }

    private long toldTo(String recipient) {
        return notifier.received.stream()
                .filter(told -> told.recipient().equals(recipient))
                .count();
    }

    /** Makes the attempt that is due, goes to the time of the next, and tells how many seconds that were. */
    private long pauseAfterAttempt() {
        Instant attempt = now.get();
        assertThat(notifications.deliverDue()).isTrue();
        now.set(nextAttempt());
        return Duration.between(attempt, now.get()).toSeconds();
    }

    private Instant nextAttempt() {
        return all.sql("SELECT next_attempt_at FROM payments.notification")
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    private String timestamp(Instant instant) {
        return all.sql("SELECT :instant::timestamptz::text")
                .param("instant", Timestamp.from(instant))
                .query(String.class)
                .single();
    }

    private List<String> rows() {
        return all.sql("SELECT concat_ws(' ', template, status, attempts, last_error) FROM payments.notification")
                .query(String.class)
                .list();
    }

    private String eventId(String type) {
        return all.sql("SELECT id FROM outbox.event WHERE type = :type")
                .param("type", type)
                .query(String.class)
                .single();
    }

    private String eventIdOf(String email) {
        return all.sql("""
                        SELECT n.id FROM payments.notification n JOIN customers.customer c ON c.id = n.customer_id
                         WHERE c.email = :email""").param("email", email).query(String.class).single();
    }

    private String customer(String email) {
        return new Customers(database.as(DatabaseRole.API))
                .create(new NewCustomer("acme", "alice", "Somebody", email, null, null, Map.of()))
                .id();
    }

    private void completePayment(String customerId) {
        completePayment(customerId, Money.of(1250, "EUR"), "INV-1");
    }

    private PaymentOrder completePayment(String customerId, Money amount, @Nullable String reference) {
        PaymentOrder order = Orders.of(customerId, amount, reference, NOON);
        payments.create(order);
        payments.changeStatus(order.paymentId(), PaymentStatus.COMPLETED, "settled", "system");
        return order;
    }

    private RefundOrder completeRefund(PaymentOrder payment, Money amount) {
        RefundOrder order = new RefundOrder(
                IdType.REFUND.next(),
                payment.paymentId(),
                "acme",
                "alice",
                amount,
                null,
                Map.of(),
                "test",
                NOON,
                NOON.plus(Duration.ofHours(1)));
        refunds.create(order, refunds.reserve(payment.paymentId(), amount).orElseThrow());
        refunds.noteTransaction(order.refundId(), IdType.TRANSACTION.next());
        refunds.complete(refunds.get(order.refundId()));
        return order;
    }

    private ActivationOrder completeActivation(String customerId) {
        ActivationOrder order = new ActivationOrder(
                IdType.ACTIVATION.next(),
                customerId,
                IdType.WALLET.next(),
                "acme",
                "alice",
                Map.of(),
                "test",
                NOON,
                NOON.plus(Duration.ofHours(1)));
        activations.create(order);
        activations.complete(order.activationId());
        return order;
    }

    /** Knows how many of its connections are open. */
    private static final class CountingDataSource extends DelegatingDataSource {

        final AtomicInteger open = new AtomicInteger();

        CountingDataSource(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            open.incrementAndGet();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("close")) {
                            open.decrementAndGet();
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    });
        }
    }
}
