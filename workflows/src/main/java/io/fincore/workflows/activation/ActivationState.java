package io.fincore.workflows.activation;

/**
 * A live workflow's own view of its activation.
 *
 * @param step name of the step that is being taken, such as {@code kyc.verify}
 * @param waitingFor in words, what has to happen next
 */
public record ActivationState(
        String activationId, String customerId, String walletId, String step, String waitingFor) {}
