package io.fincore.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a book must hold, in a few lines: every accepted movement, added up. It knows nothing of locks, rows or SQL. */
final class BookModel {

    /** @param change of a wallet's balance, in minor units */
    record Posting(String walletId, String transactionId, long change) {}

    /** @param resolved whether it was settled or released */
    record Reservation(String walletId, long amount, boolean resolved) {}

    private final Queue<Posting> postings = new ConcurrentLinkedQueue<>();
    private final Map<String, Reservation> holds = new ConcurrentHashMap<>();

    void post(String walletId, String transactionId, long change) {
        postings.add(new Posting(walletId, transactionId, change));
    }

    void hold(String holdId, String walletId, long amount) {
        holds.put(holdId, new Reservation(walletId, amount, false));
    }

    void resolve(String holdId) {
        holds.computeIfPresent(holdId, (id, hold) -> new Reservation(hold.walletId(), hold.amount(), true));
    }

    long balance(String walletId) {
        return postings.stream()
                .filter(posting -> posting.walletId().equals(walletId))
                .mapToLong(Posting::change)
                .sum();
    }

    /** @param bookedAt of each transaction */
    long balanceAt(String walletId, Instant at, Map<String, Instant> bookedAt) {
        return postings.stream()
                .filter(posting -> posting.walletId().equals(walletId))
                .filter(posting -> !requireNonNull(bookedAt.get(posting.transactionId()), posting.transactionId())
                        .isAfter(at))
                .mapToLong(Posting::change)
                .sum();
    }

    long held(String walletId) {
        return holds.values().stream()
                .filter(hold -> hold.walletId().equals(walletId) && !hold.resolved())
                .mapToLong(Reservation::amount)
                .sum();
    }

    int transactions() {
        return (int) postings.stream().map(Posting::transactionId).distinct().count();
    }
}
