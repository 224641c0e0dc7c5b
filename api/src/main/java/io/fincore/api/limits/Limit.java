package io.fincore.api.limits;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucket;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Duration;

/**
 * A token bucket: so many requests a second, and so many at once after a pause.
 *
 * @param name as clients see it, in the headers, and operators, in the metric
 * @param perSecond 0 for no limit
 * @param burst tokens in the full bucket
 */
public record Limit(String name, int perSecond, int burst) {

    /** The part of a second's requests that a process may take before it tells the others. */
    private static final int PORTIONS = 20;

    boolean isNone() {
        return perSecond == 0;
    }

    /** What a process takes from the shared bucket in one go. */
    int portion() {
        return Math.max(1, perSecond / PORTIONS);
    }

    /** How long an empty bucket takes to be full. */
    public Duration refill() {
        return Duration.ofSeconds(Math.ceilDiv(burst, Math.max(1, perSecond)));
    }

    public LocalBucket newBucket(TimeMeter clock) {
        return new LocalBucketBuilder()
                .withCustomTimePrecision(clock)
                .addLimit(bandwidth -> bandwidth.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }

    BucketConfiguration configuration() {
        return BucketConfiguration.builder()
                .addLimit(bandwidth -> bandwidth.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }

    /** A quota policy item (draft-ietf-httpapi-ratelimit-headers-11, 3.1): the quota of a second, and a parameter of ours. */
    String policy() {
        return "\"%s\";q=%d;w=1;fincore-burst=%d".formatted(name, perSecond, burst);
    }
}
