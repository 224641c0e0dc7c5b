package io.fincore.api.activations;

import io.fincore.api.orders.Ordered;
import io.fincore.workflows.activation.ActivationStatus;

/**
 * An activation as it was read.
 *
 * @param version 0 before the worker has written it, then counted up by each change
 */
record StoredActivation(ActivationBody body, int version) implements Ordered {

    @Override
    public String id() {
        return body.id();
    }

    @Override
    public boolean isEnded() {
        return ActivationStatus.ofCode(body.status()).isTerminal();
    }
}
