package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.customers.Customers;
import io.fincore.customers.NewCustomer;
import io.fincore.money.Money;
import io.fincore.outbox.Outbox;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.providers.BankStatus;
import io.fincore.providers.SendAnswer;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStep;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class BankActivitiesTest {

    private static final Instant LATER = Instant.MAX;
    private static final BankAnswer SETTLED = new BankAnswer.Settled("BANK-1");

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final DataSource dataSource = database.as(DatabaseRole.WORKER);
    private final Outbox outbox = new Outbox(dataSource);
    private final SagaStore sagas = new SagaStore(dataSource, outbox);
    private final PaymentStore payments = new PaymentStore(dataSource, outbox, sagas);
    private final RefundStore refunds = new RefundStore(dataSource, outbox, sagas);
    private final BankCallStore calls = new BankCallStore(dataSource, (key, attempts, took) -> {});
    private final FakeBank bank = new FakeBank();
    private final BankActivitiesImpl activities =
            new BankActivitiesImpl(payments, refunds, calls, new Customers(dataSource), bank);
    private final String paymentId = createPayment();
    private final StepKey step = PaymentStep.SEND.key(paymentId);

    @Test
    void repeatsTheStoredAnswerWithoutASecondCall() {
        assertThat(activities.send(step, paymentId, 1, LATER)).isEqualTo(SETTLED);

        assertThat(activities.send(step, paymentId, 1, LATER)).isEqualTo(SETTLED);

        assertThat(bank.received).hasSize(1);
    }

    @Test
    void doesNotSendWhenAnEarlierAttemptMayHave() {
        bank.sendAnswers.add(() -> {
            throw new IllegalStateException("the process died here");
        });
        assertThatThrownBy(() -> activities.send(step, paymentId, 1, LATER)).isInstanceOf(ApplicationFailure.class);

        assertThat(activities.send(step, paymentId, 1, LATER)).isInstanceOf(BankAnswer.Unknown.class);

        assertThat(bank.received).hasSize(1);
    }

    /** Else nobody would ask the bank what became of it until the circuit closes. */
    @Test
    void saysSoEvenWhileTheBankCannotBeReached() {
        calls.commitIntent(step, BankSubject.of(payments, paymentId), 1);
        bank.circuitOpen = true;

        assertThat(activities.send(step, paymentId, 1, LATER)).isInstanceOf(BankAnswer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void sendsOnceWhenTwoAttemptsOfTheSameCallComeAtOnce(int callsBefore) throws Exception {
        for (int call = 1; call <= callsBefore; call++) {
            bank.willAnswer(new SendAnswer.Unknown("reset"));
            activities.send(step, paymentId, call, LATER);
        }
        bank.received.clear();
        CyclicBarrier bothAdmitted = new CyclicBarrier(2);
        bank.admitted = () -> pass(bothAdmitted);

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Callable<BankAnswer> attempt = () -> activities.send(step, paymentId, callsBefore + 1, LATER);
            List<BankAnswer> answers = new ArrayList<>();
            for (Future<BankAnswer> answer : threads.invokeAll(List.of(attempt, attempt))) {
                answers.add(answer.get());
            }
            assertThat(answers)
                    .containsExactlyInAnyOrder(SETTLED, new BankAnswer.Unknown("another attempt is calling the bank"));
        }
        assertThat(bank.received).hasSize(1);
    }

    /** The attempt had read the row before; only the commit of its intent can notice. */
    @Test
    void sendsNothingWhenTheHoldIsGivenBackWhileItIsAdmitted() {
        bank.willAnswer(new SendAnswer.NotSent(SendAnswer.NotSent.Reason.UNAVAILABLE, null));
        assertThatThrownBy(() -> activities.send(step, paymentId, 1, LATER)).isInstanceOf(ApplicationFailure.class);
        bank.received.clear();
        bank.admitted = () -> calls.closeForEver(step);

        assertThat(activities.send(step, paymentId, 1, LATER)).isInstanceOf(BankAnswer.Unknown.class);

        assertThat(bank.received).isEmpty();
    }

    @Test
    void theFirstClaimStaysForEver() {
        assertThat(payments.claim(paymentId, "send")).isTrue();

        assertThat(payments.claim(paymentId, "cancel")).isFalse();
        assertThat(payments.claim(paymentId, "deadline")).isFalse();
        assertThat(payments.claim(paymentId, "send")).as("a repeated attempt").isTrue();

        assertThat(JdbcClient.create(dataSource)
                        .sql("SELECT send_claim FROM payments.payment WHERE id = ?")
                        .param(paymentId)
                        .query(String.class)
                        .single())
                .isEqualTo("send");
    }

    @Test
    void sendsAgainAsANewCallOnly() {
        bank.willAnswer(new SendAnswer.Unknown("reset"));
        assertThat(activities.send(step, paymentId, 1, LATER)).isInstanceOf(BankAnswer.Unknown.class);

        assertThat(activities.send(step, paymentId, 2, LATER)).isEqualTo(SETTLED);

        assertThat(activities.send(step, paymentId, 1, LATER))
                .as("a late attempt of the first call")
                .isEqualTo(SETTLED);
        assertThat(bank.received).hasSize(2);
    }

    @Test
    void repeatsWhatTheBankDidNotTakeOnWhenTheBankSays() {
        bank.willAnswer(new SendAnswer.NotSent(SendAnswer.NotSent.Reason.UNAVAILABLE, Duration.ofSeconds(7)));
        assertThatThrownBy(() -> activities.send(step, paymentId, 1, LATER))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(FailureType.PROVIDER_NOT_REACHED.name());
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(7));
                });

        assertThat(activities.send(step, paymentId, 1, LATER)).isEqualTo(SETTLED);

        assertThat(bank.received).hasSize(2);
    }

    @Test
    void sendsNothingOncePaymentIsClaimedAgainstIt() {
        assertThat(payments.claim(paymentId, "cancel")).isTrue();

        assertThat(activities.send(step, paymentId, 1, LATER)).isEqualTo(new BankAnswer.NeverSent());

        assertThat(bank.received).isEmpty();
        assertThat(JdbcClient.create(dataSource)
                        .sql("SELECT count(*) FROM saga.step")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void sendsNothingForTheFirstTimeAfterTheDeadline() {
        assertThatThrownBy(() -> activities.send(step, paymentId, 1, Instant.now()))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo(FailureType.PROVIDER_NOT_REACHED.name()));

        assertThat(bank.received).isEmpty();
        assertThat(payments.claim(paymentId, "deadline")).isTrue();
    }

    @Test
    void sendsNothingAfterTheHoldWasGivenBack() {
        bank.willAnswer(new SendAnswer.NotSent(SendAnswer.NotSent.Reason.UNAVAILABLE, null));
        assertThatThrownBy(() -> activities.send(step, paymentId, 1, LATER)).isInstanceOf(ApplicationFailure.class);

        calls.closeForEver(step);

        assertThat(activities.send(step, paymentId, 1, LATER)).isInstanceOf(BankAnswer.Unknown.class);
        assertThat(activities.send(step, paymentId, 2, LATER)).isInstanceOf(BankAnswer.Unknown.class);
        assertThat(bank.received).as("the one that the bank did not take on").hasSize(1);
    }

    @Test
    void findsTheFinalAnswerOfAnAttemptThatWasGivenUp() {
        calls.commitIntent(step, BankSubject.of(payments, paymentId), 1);
        assertThat(activities.send(step, paymentId, 1, LATER)).isInstanceOf(BankAnswer.Unknown.class);
        BankAnswer late = new BankAnswer.Rejected("AC04", "closed account");
        calls.closeWithAnswer(step, BankSubject.of(payments, paymentId), 1, late);

        assertThat(activities.inquire(PaymentStep.ANSWER.key(paymentId), paymentId))
                .isEqualTo(late);
        assertThat(activities.send(step, paymentId, 2, LATER)).isEqualTo(late);
        assertThat(bank.received).isEmpty();
        assertThat(bank.inquiries).isEmpty();
    }

    @Test
    void eitherSendsOrIsCancelledWhenBothComeAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 50; i++) {
                String id = createPayment();
                bank.received.clear();
                Future<Boolean> cancelled = threads.submit(() -> payments.claim(id, "cancel"));
                Future<BankAnswer> sent = threads.submit(() -> activities.send(PaymentStep.SEND.key(id), id, 1, LATER));
                BankAnswer expected = cancelled.get() ? new BankAnswer.NeverSent() : SETTLED;
                assertThat(sent.get()).isEqualTo(expected);
                assertThat(bank.received).hasSize(cancelled.get() ? 0 : 1);
            }
        }
    }

    @Test
    void keepsWhatTheBankSaid() {
        bank.willAnswer(new BankStatus.Accepted("BANK-1"));
        activities.send(step, paymentId, 1, LATER);
        activities.inquire(PaymentStep.ANSWER.key(paymentId), paymentId);

        List<String> messages = JdbcClient.create(dataSource)
                .sql("SELECT channel || ' ' || (answer ->> 'answer') FROM payments.bank_message ORDER BY id")
                .query(String.class)
                .list();
        assertThat(messages).containsExactly("send accepted", "inquiry settled");
    }

    private static void pass(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private String createPayment() {
        String customer = new Customers(database.as(DatabaseRole.API))
                .create(new NewCustomer("acme", "alice", "Alice Example", "a@example.com", null, null, Map.of()))
                .id();
        PaymentOrder order = Orders.of(customer, Money.of(1250, "EUR"), null, Instant.now());
        payments.create(order);
        return order.paymentId();
    }
}
