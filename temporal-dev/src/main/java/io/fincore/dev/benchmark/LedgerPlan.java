package io.fincore.dev.benchmark;

import io.fincore.dev.stack.StackException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * What a run of the ledger benchmark does.
 *
 * @param clients at the same time, in each block of the table
 * @param length of each cell of the table, after a quarter of it to warm up
 * @param movesPerSecond that all clients of a cell together begin, however long the answers take; 0 if each waits for its last answer
 * @param entries in the larger of two books that are compared; 0 for a table of loads instead
 */
record LedgerPlan(List<Integer> clients, Duration length, int movesPerSecond, long entries) {

    /** Enough to see that everything runs; the figures mean nothing. */
    static final LedgerPlan SMOKE = new LedgerPlan(List.of(1, 4), Duration.ofMillis(100), 0, 0);

    private static final List<Integer> CLIENTS = List.of(1, 16, 64);

    private static final Duration DEFAULT = Duration.ofSeconds(4);

    private static final String USAGE = """
            usage: temporal-dev/ledger-benchmark [--smoke] [--seconds N] [--rate N] [--entries N]
            --seconds  the length of each cell of the table, 4 by default
            --rate     moves that are begun each second, whether or not the last ones are answered; latencies count from then
            --entries  compares a book of 10,000 entries with one of so many, instead of loads""";

    LedgerPlan {
        clients = List.copyOf(clients);
    }

    static LedgerPlan of(List<String> arguments) {
        List<Integer> clients = CLIENTS;
        Duration length = DEFAULT;
        int rate = 0;
        long entries = 0;
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            switch (words.next()) {
                case "--smoke" -> {
                    clients = SMOKE.clients;
                    length = SMOKE.length;
                }
                case "--seconds" -> length = Duration.ofSeconds(number(words, 9_999));
                case "--rate" -> rate = (int) number(words, 1_000_000);
                case "--entries" -> entries = number(words, 1_000_000_000);
                default -> throw new StackException(USAGE);
            }
        }
        return new LedgerPlan(clients, length, rate, entries);
    }

    private static long number(Iterator<String> words, long most) {
        String word = words.hasNext() ? words.next() : "";
        if (!word.matches("[1-9]\\d{0,9}") || Long.parseLong(word) > most) {
            throw new StackException(USAGE);
        }
        return Long.parseLong(word);
    }
}
