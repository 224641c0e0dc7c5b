package io.fincore.steps;

import io.temporal.activity.ActivityExecutionContext;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells Temporal that an activity is alive while its own thread waits for a long statement. */
final class Heartbeat implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final ActivityExecutionContext activity;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable RuntimeException over;

    Heartbeat(ActivityExecutionContext activity) {
        this.activity = activity;
        Thread.ofPlatform().daemon().name("heartbeat").start(this::beat);
    }

    private void beat() {
        try {
            do {
                activity.heartbeat(null);
            } while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RuntimeException noLongerWanted) {
            over = noLongerWanted;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Throws what Temporal has answered if nobody waits for the activity any more: it was cancelled, or has another attempt. */
    void requireWanted() {
        RuntimeException ended = over;
        if (ended != null) {
            throw ended;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
