package io.fincore.providers;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

/**
 * What keeps a sick provider from taking the platform with it. All calls to one provider share both: it is the same provider.
 *
 * <p>The clients decide what counts and tell the breaker: every failure as an {@link java.io.IOException}, and nothing at all about
 * what is not the provider's fault. A breaker that does not record I/O errors never opens.
 */
public record Resilience(CircuitBreaker circuitBreaker, Bulkhead bulkhead) {

    /** With the provider's agreed numbers, known to no registry. */
    public static Resilience of(Provider provider) {
        return new Resilience(
                CircuitBreaker.of(provider.key(), provider.breakerConfig()),
                Bulkhead.of(provider.key(), provider.bulkheadConfig()));
    }

    /**
     * The same numbers under {@link Provider#key()} in registries of the caller's, where metrics find them. What the registries already
     * hold under that name, from configuration for example, is taken as it is.
     */
    public static Resilience in(CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, Provider provider) {
        return new Resilience(
                breakers.circuitBreaker(provider.key(), provider.breakerConfig()),
                bulkheads.bulkhead(provider.key(), provider.bulkheadConfig()));
    }
}
