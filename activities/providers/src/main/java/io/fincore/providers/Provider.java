package io.fincore.providers;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Locale;

/**
 * Whom we ask over HTTP, each with the agreed numbers of its circuit breaker and bulkhead. Of all: opens when of the window's calls,
 * and at least 20, half failed or 60 % were slow; half open, it tries 3 calls. No waiting for a place in the bulkhead: an activity
 * slot that waits is a slot lost.
 */
public enum Provider {
    /** Window of 100 calls, slow beyond 5 s, open for 30 s; 20 calls at once. */
    BANK(100, Duration.ofSeconds(5), Duration.ofSeconds(30), 20),
    /** Window of 50 calls, slow beyond 5 s, open for 60 s: an activation has more time than a payment; 10 calls at once. */
    KYC(50, Duration.ofSeconds(5), Duration.ofSeconds(60), 10),
    /** Window of 50 calls, slow beyond 2 s, open for 30 s; 10 calls at once. */
    NOTIFIER(50, Duration.ofSeconds(2), Duration.ofSeconds(30), 10);

    private final int window;
    private final Duration slowCall;
    private final Duration openWait;
    private final int concurrentCalls;

    Provider(int window, Duration slowCall, Duration openWait, int concurrentCalls) {
        this.window = window;
        this.slowCall = slowCall;
        this.openWait = openWait;
        this.concurrentCalls = concurrentCalls;
    }

    /** The name of its breaker and bulkhead in the registries, and thereby in the metrics. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    CircuitBreakerConfig breakerConfig() {
        return CircuitBreakerConfig.custom()
                .failureRateThreshold(50)
                .slowCallRateThreshold(60)
                .slowCallDurationThreshold(slowCall)
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(window)
                .minimumNumberOfCalls(20)
                .waitDurationInOpenState(openWait)
                .permittedNumberOfCallsInHalfOpenState(3)
                .build();
    }

    BulkheadConfig bulkheadConfig() {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(concurrentCalls)
                .maxWaitDuration(Duration.ZERO)
                .build();
    }
}
