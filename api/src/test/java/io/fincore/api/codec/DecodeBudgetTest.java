package io.fincore.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.limits.SettableClock;
import io.fincore.api.limits.Taken;
import io.fincore.api.security.Caller;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeBudgetTest {

    private static final Caller DORA = new Caller("acme", "dora");

    private final SettableClock clock = new SettableClock();
    private final DecodeBudget budget = new DecodeBudget(clock);

    /** As System.nanoTime() may be. */
    @BeforeEach
    void beginBelowZero() {
        clock.nanos = -5;
    }

    @Test
    void refusesMoreThanTheMostAtOnceAndTakesNothingForIt() {
        assertThat(budget.take(DORA, DecodeBudget.MOST_AT_ONCE + 1).isRefused()).isTrue();

        assertThat(budget.take(DORA, DecodeBudget.MOST_AT_ONCE).isRefused()).isFalse();
        assertThat(budget.take(DORA, 1).isRefused()).isTrue();
        assertThat(budget.take(DORA, 0).isRefused()).isFalse();
    }

    @Test
    void refillsWithTime() {
        budget.take(DORA, DecodeBudget.MOST_AT_ONCE);

        clock.nanos += Duration.ofSeconds(2).toNanos();

        int refilled = 2 * DecodeBudget.PER_SECOND;
        Taken refused = budget.take(DORA, refilled + 1);
        assertThat(refused.isRefused()).isTrue();
        assertThat(refused.remaining()).isEqualTo(refilled);
        assertThat(refused.waitSeconds()).isOne();
        assertThat(budget.take(DORA, refilled).isRefused()).isFalse();
    }

    @Test
    void isEachCallersOwn() {
        budget.take(DORA, DecodeBudget.MOST_AT_ONCE);

        assertThat(budget.take(new Caller("globex", "dora"), 1).isRefused()).isFalse();
    }
}
