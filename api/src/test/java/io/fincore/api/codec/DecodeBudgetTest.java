package io.fincore.api.codec;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.api.limits.SettableClock;
import io.fincore.api.problem.ProblemException;
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
        assertThatThrownBy(() -> budget.spend(DORA, DecodeBudget.MOST_AT_ONCE + 1))
                .isInstanceOf(ProblemException.class);

        assertThatCode(() -> budget.spend(DORA, DecodeBudget.MOST_AT_ONCE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> budget.spend(DORA, 1)).isInstanceOf(ProblemException.class);
    }

    @Test
    void refillsWithTime() {
        budget.spend(DORA, DecodeBudget.MOST_AT_ONCE);

        clock.nanos += Duration.ofSeconds(2).toNanos();

        int refilled = 2 * DecodeBudget.PER_SECOND;
        assertThatThrownBy(() -> budget.spend(DORA, refilled + 1)).isInstanceOf(ProblemException.class);
        assertThatCode(() -> budget.spend(DORA, refilled)).doesNotThrowAnyException();
    }

    @Test
    void isEachCallersOwn() {
        budget.spend(DORA, DecodeBudget.MOST_AT_ONCE);

        assertThatCode(() -> budget.spend(new Caller("globex", "dora"), 1)).doesNotThrowAnyException();
    }
}
