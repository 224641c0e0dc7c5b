package io.fincore.dev.benchmark;

import io.fincore.dev.stack.StackException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What a run of the benchmark of limits does.
 *
 * @param limit requests a second that each principal may make; twice as many at once
 * @param times how many times as much the one asks for who bursts; the other asks for half
 * @param rounds in which all are measured
 * @param length of each one's turn in a round
 */
record LimitsPlan(int limit, int times, int rounds, Duration length) {

    /** Enough to see that one is refused and the other is not; the figures mean nothing. */
    static final LimitsPlan SMOKE = new LimitsPlan(20, 50, 1, Duration.ofSeconds(1));

    private static final String USAGE = """
            usage: temporal-dev/limits-benchmark [--smoke] [--rounds N] [--seconds N] [--limit N] [--times N]
            --rounds   in which all take turns, 9 by default
            --seconds  the length of each turn, 8 by default
            --limit    requests a second that each principal may make, 100 by default
            --times    how many times as much the one asks for who bursts, 10 by default""";

    static LimitsPlan of(List<String> arguments) {
        LimitsPlan plan = new LimitsPlan(100, 10, 9, Duration.ofSeconds(8));
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            plan = switch (words.next()) {
                case "--smoke" -> SMOKE;
                case "--rounds" -> new LimitsPlan(plan.limit, plan.times, number(words), plan.length);
                case "--seconds" ->
                    new LimitsPlan(plan.limit, plan.times, plan.rounds, Duration.ofSeconds(number(words)));
                case "--limit" -> new LimitsPlan(number(words), plan.times, plan.rounds, plan.length);
                case "--times" -> new LimitsPlan(plan.limit, number(words), plan.rounds, plan.length);
                default -> throw new StackException(USAGE);
            };
        }
        return plan;
    }

    private static int number(Iterator<String> words) {
        String word = words.hasNext() ? words.next() : "";
        if (!word.matches("[1-9]\\d{0,3}")) {
            throw new StackException(USAGE);
        }
        return Integer.parseInt(word);
    }

    /** For the API. */
    Map<String, String> environment() {
        return Map.of(
                "FINCORE_LIMITS_PRINCIPALPERSECOND", Integer.toString(limit),
                "FINCORE_LIMITS_PRINCIPALBURST", Integer.toString(2 * limit));
    }
}
