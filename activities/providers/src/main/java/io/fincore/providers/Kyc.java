package io.fincore.providers;

/**
 * A provider that verifies who a customer is ("know your customer"). Both calls block until the provider has answered or can no
 * longer be waited for, never throw for what the provider or the network does, and never call twice: retries are the caller's.
 */
public interface Kyc {

    /**
     * Asks for a customer to be verified. The check's id is the provider's idempotency key: the same check may be asked for again, and
     * is made once. Never answers {@link KycAnswer.NotKnown}.
     */
    KycAnswer verify(KycCheck check);

    /** Asks what has become of a check. Changes nothing at the provider. */
    KycAnswer inquire(String checkId);
}
