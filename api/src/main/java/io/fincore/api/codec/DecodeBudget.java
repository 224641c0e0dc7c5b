package io.fincore.api.codec;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * How many payloads one person may have decoded by this process: some pages of the Web UI at once, and then as fast as people read. Who
 * copies all histories is slowed down to where the log shows it in time.
 */
@Component
final class DecodeBudget {

    /** The longest history that people look at has some hundred. */
    static final int MOST_AT_ONCE = 5_000;

    static final int PER_SECOND = 50;

    private static final long NANOS_EACH = Duration.ofSeconds(1).toNanos() / PER_SECOND;

    /** Whoever has spent all may do so again after this. */
    private static final Duration REFILLED = Duration.ofNanos(MOST_AT_ONCE * NANOS_EACH);

    private final Ticker ticker;

    /** By caller, when all that was decoded would have been, one at a time at the lasting rate. */
    private final Cache<Caller, Long> paidUntil;

    DecodeBudget() {
        this(Ticker.systemTicker());
    }

    DecodeBudget(Ticker ticker) {
        this.ticker = ticker;
        this.paidUntil =
                Caffeine.newBuilder().expireAfterAccess(REFILLED).ticker(ticker).build();
    }

    /** @throws ProblemException if the caller has to wait */
    void spend(Caller caller, int payloads) {
        // The map's own lock of the entry lets one request of a caller in at a time.
        paidUntil.asMap().compute(caller, (same, until) -> {
            long now = ticker.read();
            long owed = (until == null ? 0 : Math.max(0, until - now)) + payloads * NANOS_EACH;
            long tooMuch = owed - REFILLED.toNanos();
            if (tooMuch > 0) {
                throw new ProblemException(
                        ProblemType.RATE_LIMITED,
                        "More than " + PER_SECOND + " payloads a second are decoded for a moment only.",
                        Duration.ofSeconds(Duration.ofNanos(tooMuch).toSeconds() + 1));
            }
            return now + owed;
        });
    }
}
