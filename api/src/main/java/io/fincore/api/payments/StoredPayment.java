package io.fincore.api.payments;

import io.fincore.api.orders.Ordered;
import io.fincore.workflows.payment.PaymentStatus;

/**
 * A payment as it was read.
 *
 * @param version 0 before the worker has written it, then counted up by each change
 */
record StoredPayment(PaymentBody body, int version) implements Ordered {

    PaymentStatus status() {
        return PaymentStatus.ofCode(body.status());
    }

    @Override
    public String id() {
        return body.id();
    }

    @Override
    public boolean isEnded() {
        return status().isTerminal();
    }
}
