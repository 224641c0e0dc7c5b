package io.fincore.dev.benchmark;

import java.time.Duration;

/**
 * The figures of one subject under one load.
 *
 * @param acceptedPerSecond until the last one was accepted
 * @param completedPerSecond until the last workflow had closed
 * @param events length of one's history
 * @param transitions of state that one cost the server, which is what bounds it
 */
record Cell(
        String subject,
        int clients,
        double acceptedPerSecond,
        double p50Millis,
        double p99Millis,
        double completedPerSecond,
        double events,
        double transitions) {

    static final String HEADER = "%-24s %7s %10s %8s %8s %11s %7s %11s"
            .formatted("", "clients", "accepted/s", "p50 ms", "p99 ms", "completed/s", "events", "transitions");

    static Cell of(
            String subject,
            int clients,
            long[] latencyNanos,
            Duration untilAccepted,
            Duration untilClosed,
            double events,
            double transitions) {
        Latencies latencies = new Latencies(latencyNanos);
        return new Cell(
                subject,
                clients,
                latencies.perSecond(untilAccepted),
                latencies.percentileMillis(50),
                latencies.percentileMillis(99),
                latencies.perSecond(untilClosed),
                events,
                transitions);
    }

    String row() {
        return "%-24s %7d %10.1f %8.1f %8.1f %11.1f %7.1f %11.1f"
                .formatted(
                        subject,
                        clients,
                        acceptedPerSecond,
                        p50Millis,
                        p99Millis,
                        completedPerSecond,
                        events,
                        transitions);
    }

    /** How many times as much as the other: above one it is worse in latency, better in throughput. */
    String ratioRow(Cell other) {
        return "%-24s %7d %10.2f %8.2f %8.2f %11.2f %7.2f %11.2f"
                .formatted(
                        subject + " / null",
                        clients,
                        acceptedPerSecond / other.acceptedPerSecond,
                        p50Millis / other.p50Millis,
                        p99Millis / other.p99Millis,
                        completedPerSecond / other.completedPerSecond,
                        events / other.events,
                        transitions / other.transitions);
    }
}
