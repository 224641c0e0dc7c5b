package io.fincore.dev.benchmark;

import java.time.Duration;
import java.util.Arrays;

/** How long each of many calls took. */
final class Latencies {

    private final long[] sorted;

    Latencies(long[] nanos) {
        this.sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    double perSecond(Duration time) {
        return sorted.length * 1e9 / time.toNanos();
    }

    /** Nearest rank: the smallest value that the given share of all values does not exceed; nothing if there are none. */
    double percentileMillis(int percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = Math.ceilDiv(sorted.length * percent, 100);
        return sorted[rank - 1] / 1e6;
    }
}
