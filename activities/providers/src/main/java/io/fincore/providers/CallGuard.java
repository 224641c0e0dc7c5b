package io.fincore.providers;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Admits calls through the circuit breaker, then the bulkhead, and gives both their permissions back. */
final class CallGuard {

    /** Trial calls are under way and end soon, one way or the other. */
    private static final Duration HALF_OPEN_WAIT = Duration.ofSeconds(1);

    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;
    private final Clock clock;
    private volatile @Nullable Instant openUntil;

    CallGuard(Resilience resilience, Clock clock) {
        this.breaker = resilience.circuitBreaker();
        this.bulkhead = resilience.bulkhead();
        this.clock = clock;
        // The breaker knows how long it stays open, but does not tell.
        breaker.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                openUntil = clock.instant().plus(openWait());
            }
        });
    }

    sealed interface Admission permits Refused, Call {}

    record Refused(Reason reason, @Nullable Duration retryAfter) implements Admission {

        String detail() {
            return reason.words;
        }
    }

    enum Reason {
        CIRCUIT_OPEN("circuit open"),
        BULKHEAD_FULL("bulkhead full");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    /** A permitted call; it must end in exactly one of {@link #abandon()} and {@link #end}. */
    final class Call implements Admission {

        /** The call did not take place. */
        void abandon() {
            bulkhead.releasePermission();
            breaker.releasePermission();
        }

        /**
         * @param startedAt by {@link #now()}
         * @param reply what the provider's health is told from
         */
        void end(long startedAt, Reply<?> reply) {
            bulkhead.onComplete();
            long duration = now() - startedAt;
            switch (reply.health()) {
                case GOOD -> breaker.onSuccess(duration, breaker.getTimestampUnit());
                case BAD -> breaker.onError(duration, breaker.getTimestampUnit(), new IOException(reply.toString()));
                case NOT_COUNTED -> breaker.releasePermission();
            }
        }
    }

    Admission enter() {
        if (!breaker.tryAcquirePermission()) {
            return new Refused(Reason.CIRCUIT_OPEN, remainingWait());
        }
        if (!bulkhead.tryAcquirePermission()) {
            breaker.releasePermission();
            return new Refused(Reason.BULKHEAD_FULL, null);
        }
        return new Call();
    }

    long now() {
        return breaker.getCurrentTimestamp();
    }

    private Duration remainingWait() {
        if (breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
            return HALF_OPEN_WAIT;
        }
        Instant until = openUntil;
        if (until == null) {
            return openWait();
        }
        Duration remaining = Duration.between(clock.instant(), until);
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    private Duration openWait() {
        return Duration.ofMillis(breaker.getCircuitBreakerConfig()
                .getWaitIntervalFunctionInOpenState()
                .apply(1));
    }
}
