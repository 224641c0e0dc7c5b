package io.fincore.dev.endtoend;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a campaign on the book.
 *
 * @param answers how many orders were answered how
 * @param rescued orders that were booked although their client had got no answer, and were answered when it repeated them
 * @param repetitions why clients repeated requests, and how often
 * @param violations everything that is not as it must be; empty if the campaign was survived
 */
record BookReport(
        BookPlan plan,
        int kills,
        Map<String, Long> answers,
        long rescued,
        Map<String, Long> repetitions,
        List<String> violations,
        Duration duration)
        implements OwnStack.Report {

    private static final int MOST_LINES = 50;

    BookReport {
        answers = Map.copyOf(answers);
        repetitions = Map.copyOf(repetitions);
        violations = List.copyOf(violations);
    }

    @Override
    public String table() {
        StringBuilder table = new StringBuilder("%n%-38s %14d%n".formatted("kill -9 of PostgreSQL under load", kills));
        table.append("orders answered%n".formatted());
        append(table, answers);
        table.append("%-38s %14d%n".formatted("booked, but answered only when repeated", rescued));
        table.append("requests repeated because of%n".formatted());
        append(table, repetitions);
        table.append("%nseed %d, %.1f s, %s%n"
                .formatted(
                        plan.seed(),
                        duration.toMillis() / 1e3,
                        violations.isEmpty() ? "the book agrees" : violations.size() + " violations:"));
        violations.stream()
                .limit(MOST_LINES)
                .forEach(violation -> table.append("  ").append(violation).append('\n'));
        return table.toString();
    }

    private static void append(StringBuilder table, Map<String, Long> counts) {
        new TreeMap<>(counts).forEach((what, count) -> table.append("  %-36s %14d%n".formatted(what, count)));
    }
}
