package io.fincore.api.limits;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import java.time.Duration;

/**
 * What a request got of a limit.
 *
 * @param isRefused whether it got nothing
 * @param remaining tokens that are left, as far as this process knows
 * @param waitSeconds until there is one again, rounded up; 0 if the request got one
 */
public record Taken(Limit limit, boolean isRefused, long remaining, long waitSeconds) {

    /** @param detail what the client is told */
    public ProblemException refusal(String detail) {
        return new ProblemException(ProblemType.RATE_LIMITED, detail, Duration.ofSeconds(waitSeconds));
    }

    /** A service limit item (draft-ietf-httpapi-ratelimit-headers-11, 4.1). */
    String serviceLimit() {
        return "\"" + limit.name() + "\";r=" + remaining + ";t=" + Math.max(1, waitSeconds);
    }
}
