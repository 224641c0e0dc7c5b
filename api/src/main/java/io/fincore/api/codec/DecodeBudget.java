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

    /** By then a purse is full again, however empty it was. */
    private static final Duration REFILLED = Duration.ofSeconds(MOST_AT_ONCE / PER_SECOND);

    private final Ticker ticker;
    private final Cache<Caller, Purse> purses;

    DecodeBudget() {
        this(Ticker.systemTicker());
    }

    DecodeBudget(Ticker ticker) {
        this.ticker = ticker;
        this.purses =
                Caffeine.newBuilder().expireAfterAccess(REFILLED).ticker(ticker).build();
    }

    /** @throws ProblemException if the caller has to wait */
    void spend(Caller caller, int payloads) {
        // One purse for each at a time; the map's own lock of the entry guards it.
        purses.asMap().compute(caller, (same, purse) -> {
            long now = ticker.read();
            double available = purse == null
                    ? MOST_AT_ONCE
                    : Math.min(
                            MOST_AT_ONCE,
                            purse.payloads() + (now - purse.atNanos()) * PER_SECOND / 1e9);
            if (available < payloads) {
                throw new ProblemException(
                        ProblemType.RATE_LIMITED,
                        "More than " + PER_SECOND + " payloads a second are decoded for a moment only.",
                        Duration.ofSeconds((long) Math.ceil((payloads - available) / PER_SECOND)));
            }
            return new Purse(available - payloads, now);
        });
    }

    /** @param payloads that could be decoded at the time */
    private record Purse(double payloads, long atNanos) {}
}
