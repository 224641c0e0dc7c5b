package io.fincore.providers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt to hand a notification over ended. */
public sealed interface NotifierAnswer {

    /** The provider has it, from this attempt or an earlier one. */
    record Delivered() implements NotifierAnswer {}

    /**
     * The provider will never take it: no attempt with the same content can end otherwise.
     *
     * @param detail for operators; holds no personal data
     */
    record Refused(String detail) implements NotifierAnswer {}

    /**
     * Nothing is known. Handing it over again does no harm.
     *
     * @param detail for operators; holds no personal data
     * @param retryAfter how long the provider or the circuit breaker asks to wait; null if neither says. At most one hour.
     */
    record Unavailable(String detail, @Nullable Duration retryAfter) implements NotifierAnswer {}
}
