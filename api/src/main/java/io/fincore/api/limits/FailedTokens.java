package io.fincore.api.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.settings.FincoreProperties;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucket;
import io.micrometer.core.instrument.Counter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Addresses from which tokens come that are not valid: looking at a signature costs more than all else that is refused. In the memory of this
 * process only. Behind a proxy all clients have its address, so who shows a token that was found good a moment ago is not asked.
 */
@Component
public final class FailedTokens {

    private static final int MOST = 10_000;

    private final Limit limit;
    private final LoadingCache<String, LocalBucket> addresses;
    private final Counter refused;

    FailedTokens(FincoreProperties properties, Refusals refusals) {
        FincoreProperties.Limits limits = properties.limits();
        this.limit = new Limit("failed-tokens", limits.failedTokensPerSecond(), limits.failedTokensBurst());
        this.addresses = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(limit.refill().plus(Duration.ofMinutes(1)))
                .build(address -> limit.newBucket(TimeMeter.SYSTEM_NANOTIME));
        this.refused = refusals.of(limit.name());
    }

    /** @throws ProblemException 429 if so many tokens from there were not valid that no further one is looked at */
    public void require(HttpServletRequest request, HttpServletResponse response) {
        LocalBucket bucket = limit.isNone() ? null : addresses.getIfPresent(request.getRemoteAddr());
        if (bucket == null) {
            return;
        }
        EstimationProbe next = bucket.estimateAbilityToConsume(1);
        if (!next.canBeConsumed()) {
            long waitSeconds = Math.ceilDiv(next.getNanosToWaitForRefill(), TimeUnit.SECONDS.toNanos(1));
            refused.increment();
            Taken taken = new Taken(limit, true, 0, waitSeconds);
            ClientLimits.tell(taken, request, response);
            throw taken.refusal("Too many tokens from your address were not valid.");
        }
    }

    /** Another one was not. */
    public void failed(HttpServletRequest request) {
        if (!limit.isNone()) {
            addresses.get(request.getRemoteAddr()).tryConsume(1);
        }
    }
}
