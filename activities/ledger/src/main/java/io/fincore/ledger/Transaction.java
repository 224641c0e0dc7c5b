package io.fincore.ledger;

import io.fincore.money.Currency;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was booked together. One that does not balance cannot exist: the database refuses to commit it, and the
 * constructor to read it.
 *
 * @param holdId the hold that was settled
 * @param reverses the transaction that this one books back
 * @param entries two or more, debits equal to credits in each currency
 */
public record Transaction(
        String id,
        TransactionKind kind,
        @Nullable String reference,
        @Nullable String holdId,
        @Nullable String reverses,
        Instant bookedAt,
        List<Entry> entries) {

    public Transaction {
        entries = List.copyOf(entries);
        if (entries.size() < 2) {
            throw new IllegalArgumentException("transaction " + id + " has fewer than two entries");
        }
        Map<Currency, BigInteger> debitsLessCredits = new HashMap<>();
        for (Entry entry : entries) {
            BigInteger amount = BigInteger.valueOf(entry.amount().minorUnits());
            debitsLessCredits.merge(
                    entry.amount().currency(),
                    switch (entry.side()) {
                        case DEBIT -> amount;
                        case CREDIT -> amount.negate();
                    },
                    BigInteger::add);
        }
        debitsLessCredits.values().removeIf(sum -> sum.signum() == 0);
        if (!debitsLessCredits.isEmpty()) {
            throw new IllegalArgumentException("transaction " + id + " does not balance: " + debitsLessCredits);
        }
    }
}
