package io.fincore.ledger;

import io.fincore.money.Money;
import java.math.BigInteger;
import java.time.Instant;

/**
 * What a wallet held at the beginning and at the end of a period. Opening and all movements of the period make the closing balance.
 *
 * @param from the first instant of the period
 * @param until the first instant after it
 * @param opening the balance just before {@code from}
 * @param closing the balance just before {@code until}
 * @param credits what the wallet got
 * @param debits what it gave
 * @param lastSeq the place of the wallet's last movement before {@code until}, 0 if there is none: a database that has this one has
 *     all before it
 */
public record Statement(
        Wallet wallet,
        Instant from,
        Instant until,
        Money opening,
        Money closing,
        Turnover credits,
        Turnover debits,
        long lastSeq) {

    boolean addsUp() {
        return BigInteger.valueOf(opening.minorUnits())
                .add(credits.minorUnits())
                .subtract(debits.minorUnits())
                .equals(BigInteger.valueOf(closing.minorUnits()));
    }
}
