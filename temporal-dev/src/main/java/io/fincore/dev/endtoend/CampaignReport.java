package io.fincore.dev.endtoend;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What became of a campaign.
 *
 * @param repetitions why clients repeated requests, and how often
 * @param violations everything that is not as it must be; empty if the campaign was survived
 */
record CampaignReport(
        CampaignPlan plan,
        List<Strike> strikes,
        Map<String, Long> payments,
        Map<String, Long> repetitions,
        long callbacks,
        long events,
        List<String> violations,
        Duration duration)
        implements OwnStack.Report {

    CampaignReport {
        strikes = List.copyOf(strikes);
        payments = Map.copyOf(payments);
        repetitions = Map.copyOf(repetitions);
        violations = List.copyOf(violations);
    }

    /**
     * @param openPayments how many payments had not ended when it struck
     * @param took until the process worked again
     */
    record Strike(String fault, long openPayments, Duration took) {}

    @Override
    public String table() {
        StringBuilder table =
                new StringBuilder("\n%-38s %14s %12s%n".formatted("fault", "open payments", "works after"));
        for (Strike strike : strikes) {
            table.append(
                    "%-38s %14d %10.1f s%n".formatted(strike.fault(), strike.openPayments(), seconds(strike.took())));
        }
        table.append("%n%-38s %14s%n".formatted("reviews, refunds, activations ended", plan.journeys()));
        table.append("%-38s %14s%n".formatted("payments ordered beside them", plan.payments()));
        table.append("all payments%n".formatted());
        append(table, payments);
        table.append("%-38s %14d%n".formatted("callbacks", callbacks));
        table.append("%-38s %14d%n".formatted("events", events));
        table.append("%nrequests repeated because of%n".formatted());
        append(table, repetitions);
        table.append("%nseed %d, %.1f s, %s%n"
                .formatted(
                        plan.seed(),
                        seconds(duration),
                        violations.isEmpty() ? "all books agree" : violations.size() + " violations:"));
        violations.forEach(violation -> table.append("  ").append(violation).append('\n'));
        return table.toString();
    }

    private static void append(StringBuilder table, Map<String, Long> counts) {
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> table.append("  %-36s %14d%n".formatted(entry.getKey(), entry.getValue())));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
