package io.fincore.providers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one HTTP exchange with a provider brought, before it is read as an answer to what was asked.
 *
 * @param <T> what the provider tells
 */
sealed interface Reply<T> {

    /** What the exchange tells the circuit breaker about the provider's health. */
    Health health();

    enum Health {
        GOOD,
        BAD,
        /** Neither: the fault was ours, or the provider only asked for patience. */
        NOT_COUNTED
    }

    /** A readable answer about what was asked. */
    record Told<T>(T answer) implements Reply<T> {
        @Override
        public Health health() {
            return Health.GOOD;
        }
    }

    /**
     * No answer, or none that tells anything.
     *
     * @param detail for operators; holds nothing that the provider wrote but codes and ids
     * @param retryAfter how long the provider asks to wait; null if it does not say
     */
    record Untold<T>(Cause cause, String detail, @Nullable Duration retryAfter) implements Reply<T> {

        Untold(Cause cause, String detail) {
            this(cause, detail, null);
        }

        @Override
        public Health health() {
            return cause.health;
        }
    }

    enum Cause {
        /** 404, a provider's regular answer to an inquiry about what it has not seen. */
        NOT_FOUND(Health.GOOD),
        /** 429. */
        RATE_LIMITED(Health.NOT_COUNTED),
        /** 503. */
        BUSY(Health.BAD),
        /** No connection came about; no byte left. */
        NOT_CONNECTED(Health.BAD),
        /** The provider refuses the request as such (4xx) and says nothing about its content. */
        REQUEST_REFUSED(Health.NOT_COUNTED),
        /** Something left and nothing came back that can be understood. */
        UNCLEAR(Health.BAD),
        /** Our own thread was told to stop waiting. */
        INTERRUPTED(Health.NOT_COUNTED);

        private final Health health;

        Cause(Health health) {
            this.health = health;
        }
    }

    static <T> Untold<T> interrupted() {
        return new Untold<>(Cause.INTERRUPTED, "interrupted while waiting for the answer");
    }

    /** What a status tells by itself, if it is none that comes with an answer. */
    static <T> Untold<T> ofStatus(int status) {
        return new Untold<>(status >= 400 && status < 500 ? Cause.REQUEST_REFUSED : Cause.UNCLEAR, "HTTP " + status);
    }
}
