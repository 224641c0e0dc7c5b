package io.fincore.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a book must hold, in a few lines: every accepted movement, added up. It knows nothing of locks, rows or SQL. */
final class BookModel {

    /** @param change of a wallet's balance, in minor units */
    record Posting(String walletId, String transactionId, long change) {}

    private record Reservation(String walletId, long amount) {}

    private final Queue<Posting> postings = new ConcurrentLinkedQueue<>();
    private final Map<String, Reservation> holds = new ConcurrentHashMap<>();
    private final Map<String, Long> settled = new ConcurrentHashMap<>();
    private final Set<String> resolved = ConcurrentHashMap.newKeySet();

    void post(String walletId, String transactionId, long change) {
        postings.add(new Posting(walletId, transactionId, change));
    }

    void hold(String holdId, String walletId, long amount) {
        holds.put(holdId, new Reservation(walletId, amount));
    }

    /** @return what is settled of the hold with this part */
    long settle(String holdId, long part) {
        return settled.merge(holdId, part, Long::sum);
    }

    /** Nothing of it is held any more; false if that was so before. Whoever placed it may not have told yet. */
    boolean resolve(String holdId) {
        return resolved.add(holdId);
    }

    long settled(String holdId) {
        return settled.getOrDefault(holdId, 0L);
    }

    boolean isResolved(String holdId) {
        return resolved.contains(holdId);
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
        return holds.entrySet().stream()
                .filter(hold -> hold.getValue().walletId().equals(walletId) && !isResolved(hold.getKey()))
                .mapToLong(hold -> hold.getValue().amount() - settled(hold.getKey()))
                .sum();
    }

    int transactions() {
        return (int) postings.stream().map(Posting::transactionId).distinct().count();
    }
}
