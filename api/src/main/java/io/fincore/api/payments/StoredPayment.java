package io.fincore.api.payments;

import io.fincore.workflows.payment.PaymentStatus;

/**
 * A payment as it was read.
 *
 * @param version 0 before the worker has written it, then counted up by each change
 */
record StoredPayment(PaymentBody body, int version) {

    PaymentStatus status() {
        return PaymentStatus.ofCode(body.status());
    }

    String id() {
        return body.id();
    }
}
