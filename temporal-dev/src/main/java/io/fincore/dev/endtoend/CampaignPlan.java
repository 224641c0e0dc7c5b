package io.fincore.dev.endtoend;

import java.time.Duration;

/**
 * How hard a campaign is.
 *
 * @param journeys reviews, refunds and activations beside the payments
 * @param seed of everything that is left to chance: amounts, the order of the faults, and when they strike
 * @param workerPaused longer than an activity may take
 */
record CampaignPlan(
        int payments, int journeys, long seed, int workerKills, Duration databaseDown, Duration workerPaused) {

    private static final Duration LONGER_THAN_ANY_ACTIVITY = Duration.ofSeconds(18);

    CampaignPlan {
        if (payments < 1 || journeys < 0 || workerKills < 0) {
            throw new IllegalArgumentException("a campaign needs payments: " + payments);
        }
    }

    /** Everything once, in a few minutes. */
    static CampaignPlan smoke(long seed) {
        return new CampaignPlan(40, 14, seed, 2, Duration.ofSeconds(5), LONGER_THAN_ANY_ACTIVITY);
    }

    static CampaignPlan full(int payments, long seed) {
        return new CampaignPlan(payments, payments / 4, seed, 4, Duration.ofSeconds(20), LONGER_THAN_ANY_ACTIVITY);
    }
}
