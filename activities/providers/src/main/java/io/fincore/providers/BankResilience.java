package io.fincore.providers;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;

/**
 * What keeps a sick bank from taking the platform with it. Sends and inquiries share both: it is the same bank.
 *
 * <p>{@link HttpBank} decides what counts and tells the breaker: every failure as an {@link java.io.IOException}, and nothing at all
 * about what is not the bank's fault. A breaker that does not record I/O errors never opens.
 */
public record BankResilience(CircuitBreaker circuitBreaker, Bulkhead bulkhead) {

    /** The name of the bank's breaker and bulkhead in the registries, and thereby in the metrics. */
    public static final String NAME = "bank";

    /**
     * With the agreed numbers: opens when, of the last 100 calls and at least 20, half failed or 60 % took longer than 5 seconds;
     * stays open for 30 seconds, then tries 3 calls. At most 20 calls at once, and no waiting for a place: an activity slot that
     * waits is a slot lost.
     */
    public static BankResilience defaults() {
        return new BankResilience(CircuitBreaker.of(NAME, breakerDefaults()), Bulkhead.of(NAME, bulkheadDefaults()));
    }

    /**
     * The same numbers under {@link #NAME} in registries of the caller's, where metrics find them. What the registries already hold
     * under that name, from configuration for example, is taken as it is.
     */
    public static BankResilience in(CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads) {
        return new BankResilience(
                breakers.circuitBreaker(NAME, breakerDefaults()), bulkheads.bulkhead(NAME, bulkheadDefaults()));
    }

    private static CircuitBreakerConfig breakerDefaults() {
        return CircuitBreakerConfig.custom()
                .failureRateThreshold(50)
                .slowCallRateThreshold(60)
                .slowCallDurationThreshold(Duration.ofSeconds(5))
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(100)
                .minimumNumberOfCalls(20)
                .waitDurationInOpenState(Duration.ofSeconds(30))
                .permittedNumberOfCallsInHalfOpenState(3)
                .build();
    }

    private static BulkheadConfig bulkheadDefaults() {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(20)
                .maxWaitDuration(Duration.ZERO)
                .build();
    }
}
