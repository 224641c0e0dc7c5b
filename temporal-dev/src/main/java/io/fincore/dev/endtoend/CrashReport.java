package io.fincore.dev.endtoend;

import io.fincore.dev.endtoend.Halt.When;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What became of a sweep.
 *
 * @param violations everything that is not as it must be; empty if every crash was survived
 */
record CrashReport(List<Row> rows, List<String> violations, Duration duration) implements OwnStack.Report {

    CrashReport {
        rows = List.copyOf(rows);
        violations = List.copyOf(violations);
    }

    /**
     * One journey.
     *
     * @param before crashes just before a commit
     * @param after crashes just after a commit
     * @param longest from a kill to the last end
     */
    record Row(Journey journey, int before, int after, Duration longest) {

        static Row of(Halt halt, Duration untilEnd) {
            int before = halt.when() == When.BEFORE_COMMIT ? 1 : 0;
            return new Row(halt.journey(), before, 1 - before, untilEnd);
        }

        Row plus(Row other) {
            return new Row(
                    journey,
                    before + other.before,
                    after + other.after,
                    longest.compareTo(other.longest) > 0 ? longest : other.longest);
        }
    }

    int crashes() {
        return rows.stream().mapToInt(row -> row.before() + row.after()).sum();
    }

    @Override
    public String table() {
        StringBuilder table = new StringBuilder("\n%-20s %-24s %14s %14s %16s%n"
                .formatted("saga", "journey", "before commit", "after commit", "all ended within"));
        for (Row row : rows) {
            table.append("%-20s %-24s %14d %14d %14d s%n"
                    .formatted(
                            row.journey().saga().code(),
                            row.journey().name().toLowerCase(Locale.ROOT),
                            row.before(),
                            row.after(),
                            row.longest().toSeconds()));
        }
        table.append("%n%d crashes, %.1f s, %s%n"
                .formatted(
                        crashes(),
                        duration.toMillis() / 1e3,
                        violations.isEmpty() ? "all books agree" : violations.size() + " violations:"));
        violations.forEach(violation -> table.append("  ").append(violation).append('\n'));
        return table.toString();
    }
}
