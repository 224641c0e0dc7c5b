package io.fincore.ledger;

import io.fincore.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A hold that is neither settled nor released.
 *
 * @param amount as it was placed
 * @param held what is still held of it, the parts settled so far being paid
 * @param expiresAt from then on it can only be released, and stays held until it is; null for never
 */
public record PendingHold(
        String holdId,
        String walletId,
        Money amount,
        Money held,
        Instant placedAt,
        @Nullable Instant expiresAt) {}
