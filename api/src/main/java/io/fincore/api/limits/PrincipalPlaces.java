package io.fincore.api.limits;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.settings.FincoreProperties;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * How many places of the {@link AdmissionFilter}'s gate one principal may have at the same time: a request that waits by {@code Prefer}
 * keeps its place for half a minute, and with all of them one client would keep the others out. Each process counts its own.
 */
@Component
public final class PrincipalPlaces {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int places;
    private final Counter refused;

    /** How many each has now; who has none is not in it. */
    private final ConcurrentHashMap<List<String>, Integer> taken = new ConcurrentHashMap<>();

    PrincipalPlaces(FincoreProperties properties, Refusals refusals) {
        int most = properties.limits().principalConcurrent();
        this.places = most == 0 ? Integer.MAX_VALUE : most;
        this.refused = refusals.of("principal-concurrent");
    }

    /**
     * Takes a place; who gets one has to {@link #leave} it.
     *
     * @param client the principal, tenant first
     * @throws ProblemException 429 if there is none for this principal
     */
    public void enter(List<String> client) {
        // What is thrown leaves the number as it is.
        taken.compute(client, (who, number) -> {
            if (number == null) {
                return 1;
            }
            if (number >= places) {
                refused.increment();
                throw new ProblemException(
                        ProblemType.RATE_LIMITED,
                        "The limit 'principal-concurrent' of %d requests at the same time is used up."
                                .formatted(places),
                        RETRY_AFTER);
            }
            return number + 1;
        });
    }

    public void leave(List<String> client) {
        taken.computeIfPresent(client, (who, number) -> number == 1 ? null : number - 1);
    }
}
