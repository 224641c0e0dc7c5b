package io.fincore.providers;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The KYC provider's own circuit breaker and bulkhead. */
class KycProtectionTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final KycAnswer OPEN_CIRCUIT = new KycAnswer.Unavailable("circuit open", Duration.ofSeconds(60));
    private static final String APPROVED = "{\"check_id\":\"" + Samples.CHECK_ID + "\",\"status\":\"approved\"}";

    private final FakeServer server = new FakeServer();
    private final Resilience resilience = Resilience.of(Provider.KYC);
    private final CircuitBreaker breaker = resilience.circuitBreaker();
    private final HttpKyc kyc = new HttpKyc(KycSettings.of(server.uri()), resilience, OpenTelemetry.noop(), NOON);

    @AfterEach
    void stop() {
        server.close();
        kyc.close();
    }

    @Test
    void hasTheAgreedNumbers() {
        var config = breaker.getCircuitBreakerConfig();

        assertThat(breaker.getName()).isEqualTo("kyc");
        assertThat(config.getFailureRateThreshold()).isEqualTo(50f);
        assertThat(config.getSlowCallRateThreshold()).isEqualTo(60f);
        assertThat(config.getSlowCallDurationThreshold()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.getSlidingWindowType()).isEqualTo(SlidingWindowType.COUNT_BASED);
        assertThat(config.getSlidingWindowSize()).isEqualTo(50);
        assertThat(config.getMinimumNumberOfCalls()).isEqualTo(20);
        assertThat(config.getWaitIntervalFunctionInOpenState().apply(1)).isEqualTo(60_000L);
        assertThat(config.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(3);
        assertThat(resilience.bulkhead().getName()).isEqualTo("kyc");
        assertThat(resilience.bulkhead().getBulkheadConfig().getMaxConcurrentCalls())
                .isEqualTo(10);
        assertThat(resilience.bulkhead().getBulkheadConfig().getMaxWaitDuration())
                .isEqualTo(Duration.ZERO);
        assertThat(KycSettings.of(URI.create("https://kyc.example")))
                .isEqualTo(new KycSettings(
                        URI.create("https://kyc.example"), Duration.ofSeconds(2), Duration.ofSeconds(10)));
    }

    @Test
    void sharesNothingWithTheBankInTheRegistries() {
        CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
        BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
        for (Provider provider : Provider.values()) {
            Resilience registered = Resilience.in(breakers, bulkheads, provider);
            assertThat(breakers.find(provider.key())).containsSame(registered.circuitBreaker());
            assertThat(bulkheads.find(provider.key())).containsSame(registered.bulkhead());
        }

        assertThat(breakers.getAllCircuitBreakers()).hasSize(3);
        assertThat(bulkheads.getAllBulkheads()).hasSize(3);
    }

    @Test
    void opensAfterTwentyBadCallsAndThenLetsNothingPass() {
        server.answers(503, "");
        for (int call = 1; call <= 19; call++) {
            kyc.verify(Samples.check());
        }
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        kyc.inquire(Samples.CHECK_ID);
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);

        assertThat(kyc.verify(Samples.check())).isEqualTo(OPEN_CIRCUIT);
        assertThat(kyc.inquire(Samples.CHECK_ID)).isEqualTo(OPEN_CIRCUIT);
        assertThat(server.received()).hasSize(20);
    }

    @Test
    void oneBadCallInTwoOfTheLastFiftyOpens() {
        server.answers(200, APPROVED);
        for (int call = 1; call <= 50; call++) {
            kyc.verify(Samples.check());
        }
        server.answers(500, "");
        for (int call = 1; call <= 24; call++) {
            kyc.verify(Samples.check());
        }
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        kyc.verify(Samples.check());

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void rateLimitsAndRefusedRequestsAreNotCounted() {
        for (int status : new int[] {429, 400, 401, 409, 422}) {
            server.answers(status, Map.of("Retry-After", "1"), "");
            for (int call = 1; call <= 20; call++) {
                kyc.verify(Samples.check());
            }
        }

        assertThat(server.received()).hasSize(100);
        assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void rejectionsAndNotKnownAreGoodAnswers() {
        server.answers(200, APPROVED.replace("approved", "rejected"));
        kyc.verify(Samples.check());
        server.answers(404, "");
        kyc.inquire(Samples.CHECK_ID);

        assertThat(breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(2);
        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void theEleventhCallAtOnceIsTurnedAway() throws Exception {
        CountDownLatch arrived = new CountDownLatch(10);
        CountDownLatch answer = new CountDownLatch(1);
        server.does(exchange -> {
            arrived.countDown();
            hold(answer);
            FakeServer.respond(exchange, 200, Map.of(), APPROVED);
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<KycAnswer>> admitted = new ArrayList<>();
            for (int call = 1; call <= 10; call++) {
                admitted.add(callers.submit(() -> kyc.verify(Samples.check())));
            }
            arrived.await();

            assertThat(kyc.verify(Samples.check())).isEqualTo(new KycAnswer.Unavailable("bulkhead full", null));
            assertThat(kyc.inquire(Samples.CHECK_ID)).isEqualTo(new KycAnswer.Unavailable("bulkhead full", null));

            answer.countDown();
            for (Future<KycAnswer> call : admitted) {
                assertThat(call.get()).isEqualTo(new KycAnswer.Approved(""));
            }
        }
        assertThat(server.received()).hasSize(10);
        assertThat(resilience.bulkhead().getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(10);
        assertThat(breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(10);
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
