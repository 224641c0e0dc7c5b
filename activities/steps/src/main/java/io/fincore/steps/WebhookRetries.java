package io.fincore.steps;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a delivery that failed is attempted again.
 *
 * @param pauses before the second attempt, the third, and so on; after the last of them it has failed for good
 */
record WebhookRetries(List<Duration> pauses) {

    /** So that what failed together does not come together again: up to a tenth sooner or later. */
    private static final int JITTER_PART = 10;

    WebhookRetries {
        pauses = List.copyOf(pauses);
        if (pauses.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("a pause is negative: " + pauses);
        }
    }

    /** What an endpoint that asks for time gets at most: this schedule would have it wait as long. */
    Duration longest() {
        return pauses.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /** @return empty if this attempt was the last */
    Optional<Duration> after(int attempt) {
        if (attempt > pauses.size()) {
            return Optional.empty();
        }
        Duration pause = pauses.get(attempt - 1);
        long jitter = pause.toMillis() / JITTER_PART;
        return Optional.of(pause.plusMillis(ThreadLocalRandom.current().nextLong(-jitter, jitter + 1)));
    }
}
