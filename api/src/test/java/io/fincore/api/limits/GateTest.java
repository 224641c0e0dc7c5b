package io.fincore.api.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class GateTest {

    @Test
    void letsSoManyInAndRefusesTheNext() {
        Gate gate = new Gate(2, 0, Duration.ofMinutes(1));

        assertThat(gate.enter()).isTrue();
        assertThat(gate.enter()).isTrue();
        assertThat(gate.enter()).isFalse();
        assertThat(gate.inside()).isEqualTo(2);

        gate.leave();
        assertThat(gate.enter()).isTrue();
    }

    @Test
    void whoWaitsComesInWhenSomebodyLeaves() throws Exception {
        Gate gate = new Gate(1, 1, Duration.ofMinutes(1));
        assertThat(gate.enter()).isTrue();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> waits = threads.submit(gate::enter);
            Awaitility.await().until(() -> gate.waiting() == 1);
            assertThat(gate.enter()).as("the queue is full").isFalse();
            assertThat(waits.isDone()).isFalse();

            gate.leave();
            assertThat(waits.get()).isTrue();
        }
        assertThat(gate.waiting()).isZero();
        assertThat(gate.inside()).isOne();
    }

    @Test
    void nobodyWaitsForLong() {
        Gate gate = new Gate(1, 1, Duration.ofMillis(1));

        assertThat(gate.enter()).isTrue();
        assertThat(gate.enter()).isFalse();
        assertThat(gate.waiting()).isZero();
    }

    @Test
    void withoutABoundItIsOpen() {
        Gate gate = new Gate(0, 0, Duration.ZERO);

        for (int i = 0; i < 10_000; i++) {
            assertThat(gate.enter()).isTrue();
        }
        assertThat(gate.inside()).isEqualTo(10_000);
    }
}
