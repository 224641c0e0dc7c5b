package io.fincore.ledger;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which movements of a wallet are wanted, and which page of them; what is null does not narrow.
 *
 * @param from booked at this instant or later
 * @param until booked before this instant
 * @param minAmount in minor units, as is {@code maxAmount}; both are included
 * @param counterpart the wallet on the other side
 * @param metadata all of these pairs are in the transaction's metadata
 * @param newerThan only movements after the one of this transaction, the oldest of them first
 * @param olderThan only movements before the one of this transaction
 * @param limit at most so many
 */
public record MovementQuery(
        String walletId,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable TransactionKind kind,
        @Nullable Long minAmount,
        @Nullable Long maxAmount,
        @Nullable String counterpart,
        Map<String, String> metadata,
        @Nullable String newerThan,
        @Nullable String olderThan,
        int limit) {

    public MovementQuery {
        metadata = Map.copyOf(metadata);
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one row");
        }
    }
}
