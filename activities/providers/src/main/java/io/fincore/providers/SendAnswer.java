package io.fincore.providers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt to send a credit transfer ended. */
public sealed interface SendAnswer permits BankStatus, SendAnswer.Unknown, SendAnswer.NotSent {

    /**
     * The bank may or may not have the transfer. It must be asked; nothing may be concluded from this answer.
     *
     * @param detail for operators; holds no personal data
     */
    record Unknown(String detail) implements SendAnswer {}

    /**
     * The bank did not take the transfer on in this attempt; it may be sent again.
     *
     * @param retryAfter how long the bank or the circuit breaker asks to wait; null if neither says. At most one hour.
     */
    record NotSent(Reason reason, @Nullable Duration retryAfter) implements SendAnswer {

        /** Why nothing was sent. The gate was asked only under the reasons that say so. */
        public enum Reason {
            /** The circuit breaker let nothing pass; the gate was not asked. */
            CIRCUIT_OPEN,
            /** As many calls as allowed are under way; the gate was not asked. */
            BULKHEAD_FULL,
            /** No connection came about, be it refused or not answered in time; the gate had been opened. */
            CONNECTION_REFUSED,
            /** The bank answered 503; the gate had been opened. */
            UNAVAILABLE,
            /** The bank answered 429; the gate had been opened. */
            RATE_LIMITED,
            /** The gate did not open. */
            GATE_CLOSED
        }
    }
}
