package io.fincore.providers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one HTTP exchange with the bank brought, before it is read as an answer to a transfer or to an inquiry. */
sealed interface BankReply {

    /** What the exchange tells the circuit breaker about the bank's health. */
    Health health();

    enum Health {
        GOOD,
        BAD,
        /** Neither: the fault was ours, or the bank only asked for patience. */
        NOT_COUNTED
    }

    /** A readable report about the transfer that was asked for. */
    record Told(BankStatus status) implements BankReply {
        @Override
        public Health health() {
            return Health.GOOD;
        }
    }

    /** 404, the bank's regular answer to an inquiry about a transfer it has not seen. */
    record NotFound() implements BankReply {
        @Override
        public Health health() {
            return Health.GOOD;
        }
    }

    /** 429. */
    record RateLimited(@Nullable Duration retryAfter) implements BankReply {
        @Override
        public Health health() {
            return Health.NOT_COUNTED;
        }
    }

    /** 503. */
    record Busy(@Nullable Duration retryAfter) implements BankReply {
        @Override
        public Health health() {
            return Health.BAD;
        }
    }

    /** No connection came about; no byte left. */
    record NotConnected(String detail) implements BankReply {
        @Override
        public Health health() {
            return Health.BAD;
        }
    }

    /** The bank refuses the request as such (4xx) and says nothing about the transfer. */
    record RequestRefused(String detail) implements BankReply {
        @Override
        public Health health() {
            return Health.NOT_COUNTED;
        }
    }

    /** Something left and nothing came back that can be understood. */
    record Unclear(String detail) implements BankReply {
        @Override
        public Health health() {
            return Health.BAD;
        }
    }

    /** Our own thread was told to stop waiting. */
    record Interrupted() implements BankReply {
        @Override
        public Health health() {
            return Health.NOT_COUNTED;
        }
    }
}
