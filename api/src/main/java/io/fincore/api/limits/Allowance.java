package io.fincore.api.limits;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One limit for one client, as this process knows it: a bucket of its own decides, without asking anybody, and is lowered to the shared one
 * whenever a portion has been reported. What is used more slowly than a portion a second is not reported at all.
 */
final class Allowance {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Limit limit;
    private final TimeMeter clock;
    private final LocalBucket bucket;
    private final AtomicLong unreported = new AtomicLong();
    private final AtomicBoolean reporting = new AtomicBoolean();
    private volatile long reportedAtNanos;

    Allowance(Limit limit, TimeMeter clock) {
        this.limit = limit;
        this.clock = clock;
        this.bucket = limit.newBucket(clock);
        this.reportedAtNanos = clock.currentTimeNanos();
    }

    Limit limit() {
        return limit;
    }

    /** A token, or none; in neither case does anybody wait. */
    Taken take() {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            return new Taken(limit, true, 0, Math.ceilDiv(probe.getNanosToWaitForRefill(), WINDOW_NANOS));
        }
        unreported.incrementAndGet();
        return new Taken(limit, false, probe.getRemainingTokens(), 0);
    }

    /** Whether a portion has been used that nobody reports yet; who is told so has to report it. */
    boolean isToBeReported() {
        if (unreported.get() < limit.portion()) {
            return false;
        }
        long now = clock.currentTimeNanos();
        if (now - reportedAtNanos > WINDOW_NANOS && limit.portion() > 1) {
            // It took longer than a second: the client is far from its limit.
            reportedAtNanos = now;
            unreported.set(0);
            return false;
        }
        return reporting.compareAndSet(false, true);
    }

    /** What is to be reported now. */
    long toReport() {
        return unreported.getAndSet(0);
    }

    /** @param available in the shared bucket after the report; less than nothing if others have used as well what was there once only */
    void reported(long available) {
        long shared = Math.max(available, -limit.burst()) - unreported.get();
        long excess = bucket.getAvailableTokens() - shared;
        if (excess > 0) {
            bucket.consumeIgnoringRateLimits(excess);
        }
        done();
    }

    /** The shared bucket cannot be had: this process's own holds alone, and what has been used meanwhile is nobody's debt. */
    void notReported() {
        unreported.set(0);
        done();
    }

    private void done() {
        reportedAtNanos = clock.currentTimeNanos();
        reporting.set(false);
    }
}
