package io.fincore.api.erasures;

import io.fincore.api.orders.Ordered;
import io.fincore.workflows.erasure.ErasureStatus;

/**
 * An erasure as it was read.
 *
 * @param version 0 before the worker has written it, then counted up by each change
 */
record StoredErasure(ErasureBody body, int version) implements Ordered {

    @Override
    public String id() {
        return body.id();
    }

    @Override
    public boolean isEnded() {
        return ErasureStatus.ofCode(body.status()).isTerminal();
    }
}
