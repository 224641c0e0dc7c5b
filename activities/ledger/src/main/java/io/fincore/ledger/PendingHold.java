package io.fincore.ledger;

import io.fincore.money.Money;
import java.time.Instant;

/** A hold that is neither settled nor released. */
public record PendingHold(String holdId, String walletId, Money amount, Instant placedAt) {}
