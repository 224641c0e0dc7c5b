package io.fincore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RelayTest {

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch reached = new CountDownLatch(1);

    @Test
    void goesOnAtOnceWhileThereIsWorkAndPausesWhenThereIsNone() throws InterruptedException {
        Relay relay = new Relay("test", 1, FOR_EVER, () -> {
            if (calls.incrementAndGet() == 5) {
                reached.countDown();
                return false;
            }
            return true;
        });

        relay.start();
        await(reached);
        relay.stop();

        assertThat(calls).hasValue(5);
        assertThat(relay.isRunning()).isFalse();
    }

    @Test
    void comesBackAfterAFailure() throws InterruptedException {
        Relay relay = new Relay("test", 1, FOR_EVER, () -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("the database is away");
            }
            reached.countDown();
            return false;
        });

        relay.start();
        await(reached);
        relay.stop();

        assertThat(calls).hasValue(2);
    }

    @Test
    void worksInAsManyThreadsAsItIsToldAndWaitsForThemWhenStopped() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(3);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        Relay relay = new Relay("test", 3, FOR_EVER, () -> {
            all.countDown();
            awaitInWork(mayEnd);
            ended.incrementAndGet();
            return true;
        });
        relay.start();
        await(all);
        assertThat(relay.isRunning()).isTrue();

        Thread stopping = Thread.ofPlatform().start(relay::stop);
        while (stopping.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(1);
        }
        mayEnd.countDown();
        stopping.join();

        assertThat(ended).as("each thread's piece, and no other").hasValue(3);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitInWork(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
