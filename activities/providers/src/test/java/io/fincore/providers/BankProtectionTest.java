package io.fincore.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.providers.SendAnswer.NotSent;
import io.fincore.providers.SendAnswer.NotSent.Reason;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Circuit breaker, bulkhead and gate: what passes, what counts, in which order. */
class BankProtectionTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private final FakeServer server = new FakeServer();
    private final Resilience resilience = Resilience.of(Provider.BANK);
    private final CircuitBreaker breaker = resilience.circuitBreaker();
    private final AtomicInteger gateAsked = new AtomicInteger();
    private final HttpBank bank = new HttpBank(
            new BankSettings(server.uri(), Duration.ofSeconds(2), Duration.ofSeconds(10)),
            resilience,
            OpenTelemetry.noop(),
            NOON);

    @AfterEach
    void stop() {
        server.close();
        bank.close();
    }

    @Test
    void hasTheAgreedNumbers() {
        var config = breaker.getCircuitBreakerConfig();

        assertThat(config.getFailureRateThreshold()).isEqualTo(50f);
        assertThat(config.getSlowCallRateThreshold()).isEqualTo(60f);
        assertThat(config.getSlowCallDurationThreshold()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.getSlidingWindowType()).isEqualTo(SlidingWindowType.COUNT_BASED);
        assertThat(config.getSlidingWindowSize()).isEqualTo(100);
        assertThat(config.getMinimumNumberOfCalls()).isEqualTo(20);
        assertThat(config.getWaitIntervalFunctionInOpenState().apply(1)).isEqualTo(30_000L);
        assertThat(config.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(3);
        assertThat(resilience.bulkhead().getBulkheadConfig().getMaxConcurrentCalls())
                .isEqualTo(20);
        assertThat(resilience.bulkhead().getBulkheadConfig().getMaxWaitDuration())
                .isEqualTo(Duration.ZERO);
        assertThat(BankSettings.of(URI.create("https://bank.example")))
                .isEqualTo(new BankSettings(
                        URI.create("https://bank.example"), Duration.ofSeconds(2), Duration.ofSeconds(10)));
    }

    @Test
    void isFoundInRegistriesForMetrics() {
        CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
        BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();

        Resilience registered = Resilience.in(breakers, bulkheads, Provider.BANK);

        assertThat(breakers.find("bank")).containsSame(registered.circuitBreaker());
        assertThat(bulkheads.find("bank")).containsSame(registered.bulkhead());
        assertThat(registered.circuitBreaker().getCircuitBreakerConfig().getMinimumNumberOfCalls())
                .isEqualTo(20);
    }

    @Test
    void opensAfterTwentyBadCallsAndThenLetsNothingPass() {
        server.answers(500, "");
        for (int call = 1; call <= 19; call++) {
            send();
        }
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        send();
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);

        assertThat(send()).isEqualTo(new NotSent(Reason.CIRCUIT_OPEN, Duration.ofSeconds(30)));
        assertThat(bank.inquire(Samples.ID))
                .isEqualTo(new InquiryAnswer.Unavailable("circuit open", Duration.ofSeconds(30)));
        assertThat(server.received()).hasSize(20);
        assertThat(gateAsked).hasValue(20);
    }

    @Test
    void transfersAndReturnsShareTheCircuit() {
        server.answers(500, "");
        for (int call = 1; call <= 10; call++) {
            send();
            requestReturn();
        }

        NotSent open = new NotSent(Reason.CIRCUIT_OPEN, Duration.ofSeconds(30));
        assertThat(requestReturn()).isEqualTo(open);
        assertThat(send()).isEqualTo(open);
        assertThat(server.received()).hasSize(20);
        assertThat(gateAsked).hasValue(20);
    }

    @Test
    void halfBadCallsOpen() {
        for (int call = 1; call <= 10; call++) {
            server.answers(200, Samples.report("ACSC"));
            send();
            server.answers(503, "");
            send();
        }
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void rejectionsAndNotKnownAreGoodAnswers() {
        server.answers(200, Samples.report("RJCT"));
        send();
        server.answers(404, "");
        assertThat(bank.inquire(Samples.ID)).isEqualTo(new InquiryAnswer.NotKnown());

        assertCounted(2, 0);
    }

    @Test
    void rateLimitsAndRefusedRequestsAreNotCounted() {
        for (int status : new int[] {429, 400, 401, 409, 422}) {
            server.answers(status, Map.of("Retry-After", "1"), "");
            for (int call = 1; call <= 20; call++) {
                send();
            }
        }
        assertThat(server.received()).hasSize(100);
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        assertCounted(0, 0);
    }

    @Test
    void faultsAreCounted() {
        server.answers(503, "");
        send();
        server.answers(502, "");
        send();
        server.answers(200, "<html/>");
        send();
        server.does(exchange -> exchange.close());
        send();

        assertCounted(0, 4);
    }

    @Test
    void refusedConnectionsAreCounted() {
        server.close();
        for (int call = 1; call <= 20; call++) {
            assertThat(send()).isEqualTo(new NotSent(Reason.CONNECTION_REFUSED, null));
        }
        assertThat(send()).isEqualTo(new NotSent(Reason.CIRCUIT_OPEN, Duration.ofSeconds(30)));
    }

    @Test
    void halfOpenTriesThreeCallsAndTellsTheOthersToWait() throws Exception {
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
        CountDownLatch arrived = new CountDownLatch(3);
        CountDownLatch answer = new CountDownLatch(1);
        server.does(exchange -> {
            arrived.countDown();
            hold(answer);
            FakeServer.respond(exchange, 200, Map.of(), Samples.report("ACSC"));
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SendAnswer>> trials = sendAtOnce(callers, 3);
            arrived.await();

            assertThat(send()).isEqualTo(new NotSent(Reason.CIRCUIT_OPEN, Duration.ofSeconds(1)));

            answer.countDown();
            for (Future<SendAnswer> trial : trials) {
                assertThat(trial.get()).isEqualTo(new BankStatus.Settled("BANK-REF-7"));
            }
        }
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void aClosedGateInHalfOpenGivesTheTrialBack() {
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
        for (int call = 1; call <= 10; call++) {
            assertThat(bank.send(Samples.transfer(), () -> false)).isEqualTo(new NotSent(Reason.GATE_CLOSED, null));
        }
        server.answers(200, Samples.report("ACSC"));

        assertThat(send()).isEqualTo(new BankStatus.Settled("BANK-REF-7"));
    }

    @Test
    void theTwentyFirstCallAtOnceIsTurnedAway() throws Exception {
        CountDownLatch arrived = new CountDownLatch(20);
        CountDownLatch answer = new CountDownLatch(1);
        server.does(exchange -> {
            arrived.countDown();
            hold(answer);
            FakeServer.respond(exchange, 200, Map.of(), Samples.report("ACSC"));
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SendAnswer>> admitted = sendAtOnce(callers, 20);
            arrived.await();

            assertThat(send()).isEqualTo(new NotSent(Reason.BULKHEAD_FULL, null));
            assertThat(requestReturn()).isEqualTo(new NotSent(Reason.BULKHEAD_FULL, null));
            assertThat(bank.inquire(Samples.ID)).isEqualTo(new InquiryAnswer.Unavailable("bulkhead full", null));

            answer.countDown();
            for (Future<SendAnswer> call : admitted) {
                assertThat(call.get()).isEqualTo(new BankStatus.Settled("BANK-REF-7"));
            }
        }
        assertThat(gateAsked).hasValue(20);
        assertThat(server.received()).hasSize(20);
        assertCounted(20, 0);
        assertIdle();
    }

    @Test
    void aClosedGateSendsNothingAndCountsNothing() {
        server.answers(200, Samples.report("ACSC"));

        assertThat(bank.send(Samples.transfer(), () -> false)).isEqualTo(new NotSent(Reason.GATE_CLOSED, null));
        assertThat(bank.requestReturn(Samples.returnRequest(), () -> false))
                .isEqualTo(new NotSent(Reason.GATE_CLOSED, null));

        assertThat(server.received()).isEmpty();
        assertCounted(0, 0);
        assertIdle();
    }

    @Test
    void aGateThatThrowsSendsNothingAndCountsNothing() {
        IllegalStateException fault = new IllegalStateException("the database is away");

        assertThatThrownBy(() -> bank.send(Samples.transfer(), () -> {
                    throw fault;
                }))
                .isSameAs(fault);

        assertThat(server.received()).isEmpty();
        assertCounted(0, 0);
        assertIdle();
    }

    @Test
    void theGateIsAskedWhenAdmittedAndBeforeTheFirstByte() {
        server.answers(200, Samples.report("ACSC"));
        List<Integer> seenByGate = new ArrayList<>();

        bank.send(Samples.transfer(), () -> {
            seenByGate.add(server.received().size());
            seenByGate.add(resilience.bulkhead().getMetrics().getAvailableConcurrentCalls());
            return true;
        });

        assertThat(seenByGate).containsExactly(0, 19);
        assertThat(server.received()).hasSize(1);
        assertIdle();
    }

    private SendAnswer send() {
        return bank.send(Samples.transfer(), () -> {
            gateAsked.incrementAndGet();
            return true;
        });
    }

    private SendAnswer requestReturn() {
        return bank.requestReturn(Samples.returnRequest(), () -> {
            gateAsked.incrementAndGet();
            return true;
        });
    }

    private List<Future<SendAnswer>> sendAtOnce(ExecutorService callers, int calls) {
        List<Future<SendAnswer>> started = new ArrayList<>();
        for (int call = 1; call <= calls; call++) {
            started.add(callers.submit(this::send));
        }
        return started;
    }

    private void assertCounted(int good, int bad) {
        assertThat(breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(good);
        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(bad);
    }

    private void assertIdle() {
        assertThat(resilience.bulkhead().getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(20);
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
