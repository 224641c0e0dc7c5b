package io.fincore.ledger;

import io.fincore.money.Money;
import java.time.Instant;

/**
 * What a wallet held at an instant that has passed; the answer stays the same for ever.
 *
 * @param available the balance less what was reserved then
 */
public record PastBalance(Money balance, Money available, Instant at) {}
