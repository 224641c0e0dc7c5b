package io.fincore.providers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a request for a verification, or an inquiry about one, ended. */
public sealed interface KycAnswer {

    /**
     * Final: the customer is who they say.
     *
     * @param reference the provider's own name for the check
     */
    record Approved(String reference) implements KycAnswer {}

    /**
     * Final: the customer is not to be trusted.
     *
     * @param reason the provider's words; empty if it gave none
     */
    record Rejected(String reference, String reason) implements KycAnswer {}

    /**
     * The provider leaves it to us: one of our own people is to decide. Final as far as the provider goes.
     *
     * @param reason the provider's words; empty if it gave none
     */
    record Referred(String reference, String reason) implements KycAnswer {}

    /** The provider has the check and decides later; it calls back, or tells when asked. */
    record Pending(String reference) implements KycAnswer {}

    /** In answer to an inquiry only: the provider has not seen the check. */
    record NotKnown() implements KycAnswer {}

    /**
     * Nothing is known. Asking again, for the verification too, does no harm.
     *
     * @param detail for operators; holds no personal data
     * @param retryAfter how long the provider or the circuit breaker asks to wait; null if neither says. At most one hour.
     */
    record Unavailable(String detail, @Nullable Duration retryAfter) implements KycAnswer {}
}
