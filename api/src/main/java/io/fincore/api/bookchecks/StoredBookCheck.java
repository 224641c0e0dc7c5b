package io.fincore.api.bookchecks;

import io.fincore.api.orders.Ordered;
import io.fincore.workflows.bookcheck.BookCheckStatus;

/** A check as it was read. */
record StoredBookCheck(BookCheckBody body) implements Ordered {

    @Override
    public String id() {
        return body.id();
    }

    @Override
    public boolean isEnded() {
        return BookCheckStatus.ofCode(body.status()).isTerminal();
    }
}
