package io.fincore.api.codec;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.fincore.api.limits.Limit;
import io.fincore.api.limits.Taken;
import io.fincore.api.security.Caller;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucket;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How many payloads one person may have decoded by this process: some pages of the Web UI at once, and then as fast as people read. Who
 * copies all histories is slowed down to where the log shows it in time.
 */
@Component
final class DecodeBudget {

    /** What headers and metrics call it. */
    static final String NAME = "decoding";

    /** The longest history that people look at has some hundred. */
    static final int MOST_AT_ONCE = 5_000;

    static final int PER_SECOND = 50;

    private static final Limit LIMIT = new Limit(NAME, PER_SECOND, MOST_AT_ONCE);

    private final LoadingCache<Caller, LocalBucket> buckets;

    @Autowired
    DecodeBudget() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    DecodeBudget(TimeMeter clock) {
        // By then a bucket is full again, however empty it was.
        this.buckets = Caffeine.newBuilder().expireAfterAccess(LIMIT.refill()).build(caller -> LIMIT.newBucket(clock));
    }

    /** What the caller gets of it: all that is asked for, or nothing. */
    Taken take(Caller caller, int payloads) {
        LocalBucket bucket = buckets.get(caller);
        if (payloads == 0) {
            return new Taken(LIMIT, false, bucket.getAvailableTokens(), 0);
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(payloads);
        return new Taken(
                LIMIT,
                !probe.isConsumed(),
                probe.getRemainingTokens(),
                Math.ceilDiv(probe.getNanosToWaitForRefill(), TimeUnit.SECONDS.toNanos(1)));
    }
}
