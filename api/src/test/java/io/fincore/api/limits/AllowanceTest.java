package io.fincore.api.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.local.LocalBucket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How far processes that tell each other portions keep to a limit together; at a pace of the test's own. */
class AllowanceTest {

    private static final Limit LIMIT = new Limit("principal", 100, 200);

    private final SettableClock clock = new SettableClock();
    private final LocalBucket shared = LIMIT.newBucket(clock);
    private int reports;

    private boolean take(Allowance allowance) {
        Taken taken = allowance.take();
        if (!taken.isRefused() && allowance.isToBeReported()) {
            reports++;
            shared.consumeIgnoringRateLimits(allowance.toReport());
            allowance.reported(shared.getAvailableTokens());
        }
        return !taken.isRefused();
    }

    private int takeFor(Duration time, int perSecond, List<Allowance> replicas) {
        int taken = 0;
        for (long asked = 0; asked < time.toMillis() * perSecond / 1_000; asked++) {
            clock.nanos += 1_000_000_000L / perSecond;
            taken += take(replicas.get((int) (asked % replicas.size()))) ? 1 : 0;
        }
        return taken;
    }

    private List<Allowance> replicas(int count) {
        return Stream.generate(() -> new Allowance(LIMIT, clock)).limit(count).toList();
    }

    @Test
    void aloneAProcessKeepsToTheLimit() {
        // Whole tokens: what two buckets round differently is lost.
        assertThat(takeFor(Duration.ofSeconds(10), 2_000, replicas(1)))
                .isBetween(LIMIT.burst() + 10 * 100 - LIMIT.portion(), LIMIT.burst() + 10 * 100);
    }

    @Test
    void togetherTheyExceedItByAPortionEach() {
        int taken = takeFor(Duration.ofSeconds(10), 2_000, replicas(4));

        assertThat(taken)
                .isBetween(LIMIT.burst() + 10 * 100 - LIMIT.portion(), LIMIT.burst() + 10 * 100 + 4 * LIMIT.portion());
        assertThat(reports).isLessThanOrEqualTo(taken / LIMIT.portion());
    }

    @Test
    void whoIsRefusedIsNotReported() {
        List<Allowance> alone = replicas(1);
        while (take(alone.getFirst())) {
            assertThat(reports).isLessThanOrEqualTo(LIMIT.burst());
        }
        int before = reports;

        for (int i = 0; i < 1_000; i++) {
            assertThat(take(alone.getFirst())).isFalse();
        }

        assertThat(reports).isEqualTo(before);
    }

    @Test
    void whoUsesLessThanAPortionASecondIsNotReported() {
        assertThat(takeFor(Duration.ofMinutes(10), LIMIT.portion() - 1, replicas(1)))
                .isEqualTo(600 * (LIMIT.portion() - 1));
        assertThat(reports).isZero();
    }

    @Test
    void ofASmallLimitEachRequestIsReported() {
        Limit small = new Limit("sensitive", 2, 10);

        assertThat(small.portion()).isOne();
        Allowance one = new Allowance(small, clock);
        for (int i = 0; i < 3; i++) {
            clock.nanos += Duration.ofSeconds(2).toNanos();
            assertThat(take(one)).isTrue();
        }
        assertThat(reports).isEqualTo(3);
    }

    @Test
    void withoutTheSharedBucketItsOwnHolds() {
        Allowance lonely = new Allowance(LIMIT, clock);
        int taken = 0;
        for (Taken next = lonely.take(); !next.isRefused(); next = lonely.take()) {
            taken++;
            if (lonely.isToBeReported()) {
                lonely.notReported();
            }
        }

        assertThat(taken).isEqualTo(LIMIT.burst());
        assertThat(lonely.take()).isEqualTo(new Taken(LIMIT, true, 0, 1));
        assertThat(lonely.toReport()).as("nothing to catch up on").isLessThan(LIMIT.portion());
    }

    @Test
    void whatOthersOweDoesNotLockAProcessOutForLong() {
        Allowance one = new Allowance(LIMIT, clock);
        one.take();

        one.reported(-1_000_000);

        assertThat(one.take().waitSeconds()).isLessThanOrEqualTo(LIMIT.refill().toSeconds() + 1);
    }
}
