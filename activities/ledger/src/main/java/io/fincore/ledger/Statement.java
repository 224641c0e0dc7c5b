package io.fincore.ledger;

import io.fincore.money.Money;
import java.time.Instant;

/**
 * What a wallet held at the beginning and at the end of a period. Opening and all movements of the period make the closing balance.
 *
 * @param from the first instant of the period
 * @param until the first instant after it
 * @param opening the balance just before {@code from}
 * @param closing the balance just before {@code until}
 * @param credits the sum of what the wallet got
 * @param debits the sum of what it gave
 * @param movements how many there are
 */
public record Statement(
        Wallet wallet,
        Instant from,
        Instant until,
        Money opening,
        Money closing,
        Money credits,
        Money debits,
        long movements) {}
