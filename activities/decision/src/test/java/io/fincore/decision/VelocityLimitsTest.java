package io.fincore.decision;

import static io.fincore.decision.DecisionDatabase.NOON;
import static io.fincore.decision.DecisionDatabase.atOnce;
import static io.fincore.decision.DecisionDatabase.payment;
import static io.fincore.decision.DecisionDatabase.paymentAt;
import static io.fincore.decision.DecisionDatabase.paymentFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.decision.Outcome.Approved;
import io.fincore.decision.Outcome.Declined;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VelocityLimitsTest {

    private static final Outcome TESTED = new Declined(List.of(new Reason("tested", "As tested")));

    private final DecisionDatabase database = new DecisionDatabase();
    private final Decisions decisions = new Decisions(database.worker);

    @Test
    void countsPaymentsPerSource() {
        database.activate("count", "decline", "window_count > 2");

        assertThat(decide(payment(), payment(), payment(), paymentFrom("wal_2")))
                .containsExactly(new Approved(), new Approved(), TESTED, new Approved());
        assertThat(database.reserved()).containsExactly("wal_1 EUR 2 2500", "wal_2 EUR 1 1250");
    }

    @Test
    void sumsUpPerCurrencyAndCountsAll() {
        database.activate("sum", "decline", "window_sum > 20 * major_unit || window_count > 4");

        assertThat(decide(
                        payment(Money.of(2000, "EUR")),
                        payment(Money.of(1, "EUR")),
                        payment(Money.of(20, "JPY")),
                        payment(Money.of(1, "JPY")),
                        payment(Money.of(20_000, "KWD")),
                        payment(Money.of(1, "KWD")),
                        payment(Money.of(1, "USD")),
                        payment(Money.of(1, "CHF"))))
                .containsExactly(
                        new Approved(), TESTED, new Approved(), TESTED, new Approved(), TESTED, new Approved(), TESTED);
        assertThat(database.reserved())
                .containsExactly("wal_1 EUR 1 2000", "wal_1 JPY 1 20", "wal_1 KWD 1 20000", "wal_1 USD 1 1");
    }

    @Test
    void letsTheWindowSlide() {
        database.activate("count", "decline", "window_count > 1");

        assertThat(decide(
                        paymentAt(NOON),
                        paymentAt(NOON.plus(Duration.ofMinutes(60))),
                        // Pieces of five minutes: the window is at most five minutes longer than the rule set says.
                        paymentAt(NOON.plus(Duration.ofMinutes(65))),
                        // A clock that is behind does not see less.
                        paymentAt(NOON.plus(Duration.ofMinutes(5)))))
                .containsExactly(new Approved(), TESTED, new Approved(), TESTED);
    }

    @Test
    void letsNoMoreThroughThanTheLimitHoweverManyComeAtOnce() throws Exception {
        database.activate("count", "decline", "window_count > 5");

        List<Outcome> outcomes = atOnce(Collections.nCopies(
                20, (Callable<Outcome>) () -> decisions.evaluate(payment()).outcome()));

        assertThat(outcomes).filteredOn(new Approved()::equals).hasSize(5);
        assertThat(outcomes).filteredOn(TESTED::equals).hasSize(15);
        assertThat(database.reserved()).containsExactly("wal_1 EUR 5 6250");
    }

    @Test
    void decidesAndReservesOnceForAPaymentThatComesTwentyTimesAtOnce() throws Exception {
        PaymentFacts facts = payment();

        List<Decision> answers = atOnce(Collections.nCopies(20, (Callable<Decision>) () -> decisions.evaluate(facts)));

        assertThat(answers).hasSize(20).containsOnly(new Decision("1", new Approved()));
        assertThat(database.decisions()).isOne();
        assertThat(database.reserved()).containsExactly("wal_1 EUR 1 1250");
    }

    @Test
    void givesBackOnce() throws Exception {
        PaymentFacts facts = payment();
        PaymentFacts other = payment();
        decide(facts, other);

        atOnce(Collections.nCopies(20, (Callable<Boolean>) () -> {
            decisions.release(facts.paymentId());
            return true;
        }));

        assertThat(database.reserved()).containsExactly("wal_1 EUR 1 1250");
        assertThat(database.row(facts.paymentId()))
                .containsEntry("outcome", "approved")
                .containsEntry("released", true);
        assertThat(database.row(other.paymentId())).containsEntry("released", false);
    }

    @Test
    void makesRoomByGivingBack() {
        database.activate("count", "decline", "window_count > 1");
        PaymentFacts first = payment();
        assertThat(decide(first, payment())).containsExactly(new Approved(), TESTED);

        decisions.release(first.paymentId());

        assertThat(decide(payment(), payment())).containsExactly(new Approved(), TESTED);
    }

    @Test
    void givesNothingBackForADeclinedPayment() {
        database.activate("count", "decline", "window_count > 1");
        PaymentFacts declined = payment();
        decide(payment(), declined);

        decisions.release(declined.paymentId());

        assertThat(database.reserved()).containsExactly("wal_1 EUR 1 1250");
        assertThat(database.row(declined.paymentId())).containsEntry("released", true);
    }

    @Test
    void answersAsBeforeAndReservesNothingWhenEvaluatedAgainAfterTheRelease() {
        PaymentFacts facts = payment();
        Decision decision = decisions.evaluate(facts);
        decisions.release(facts.paymentId());

        assertThat(decisions.evaluate(facts)).isEqualTo(decision);
        decisions.release(facts.paymentId());

        assertThat(database.reserved()).isEmpty();
        assertThat(database.decisions()).isOne();
    }

    @Test
    void declinesAPaymentThatWasReleasedBeforeItWasDecided() {
        PaymentFacts facts = payment();
        decisions.release(facts.paymentId());

        Decision declined = new Decision(
                "1",
                new Declined(
                        List.of(new Reason("payment_given_up", "The payment was given up before it was decided"))));
        assertThat(decisions.evaluate(facts)).isEqualTo(declined);
        assertThat(decisions.evaluate(facts)).isEqualTo(declined);

        assertThat(database.reserved()).isEmpty();
        assertThat(database.row(facts.paymentId()))
                .containsEntry("outcome", "declined")
                .containsEntry("reserved", false)
                .containsEntry("released", true);
    }

    @Test
    void aReleaseWaitsForTheDecisionThatIsBeingMade() throws Exception {
        PaymentFacts facts = payment();
        CountDownLatch decided = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> release = threads.submit(() -> {
                assertThat(decided.await(10, TimeUnit.SECONDS)).isTrue();
                decisions.release(facts.paymentId());
                return null;
            });
            database.inTransactionAsWorker(() -> {
                decisions.evaluate(facts);
                decided.countDown();
                awaitOneWaitingForALock();
            });
            release.get(10, TimeUnit.SECONDS);
        }
        assertThat(database.reserved()).isEmpty();
        assertThat(database.row(facts.paymentId())).containsEntry("released", true);
    }

    @Test
    void doesNothingForAnUnknownPaymentThatIsNeverDecided() {
        decisions.release(IdType.PAYMENT.next());

        assertThat(database.decisions()).isZero();
        assertThat(database.reserved()).isEmpty();
    }

    @Test
    void reservesNothingIfTheCallersTransactionIsRolledBack() {
        PaymentFacts facts = payment();
        try {
            database.inTransactionAsWorker(() -> {
                decisions.evaluate(facts);
                throw new IllegalStateException("the caller fails");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("the caller fails");
        }
        assertThat(database.decisions()).isZero();
        assertThat(database.reserved()).isEmpty();

        assertThat(decisions.evaluate(facts).outcome()).isEqualTo(new Approved());
        assertThat(database.reserved()).containsExactly("wal_1 EUR 1 1250");
    }

    private List<Outcome> decide(PaymentFacts... payments) {
        return Stream.of(payments)
                .map(facts -> decisions.evaluate(facts).outcome())
                .toList();
    }

    private void awaitOneWaitingForALock() {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < giveUpAt) {
            long waiting = database.owner
                    .sql("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
                    .query(Long.class)
                    .single();
            if (waiting > 0) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new IllegalStateException("nobody waits");
    }
}
