package io.fincore.ledger;

import io.fincore.money.Money;
import java.time.Instant;
import java.util.List;

/**
 * A wallet's balance and what is reserved of it, read at one moment.
 *
 * @param available the balance less the pending holds
 * @param pendingHolds the oldest first
 */
public record Balance(Money balance, Money available, List<PendingHold> pendingHolds, Instant at) {

    public Balance {
        pendingHolds = List.copyOf(pendingHolds);
    }
}
