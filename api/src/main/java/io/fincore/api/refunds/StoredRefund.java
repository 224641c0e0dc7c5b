package io.fincore.api.refunds;

import io.fincore.api.orders.Ordered;
import io.fincore.workflows.refund.RefundReservation;
import io.fincore.workflows.refund.RefundStatus;
import org.jspecify.annotations.Nullable;

/**
 * A refund as it was read.
 *
 * @param version 0 before the worker has written it, then counted up by each change
 * @param refusal why nothing was created, though it was ordered; null if it was, or may yet be
 */
record StoredRefund(RefundBody body, int version, RefundReservation.@Nullable Refused refusal) implements Ordered {

    @Override
    public String id() {
        return body.id();
    }

    @Override
    public boolean isEnded() {
        return RefundStatus.ofCode(body.status()).isTerminal();
    }
}
