package io.fincore.steps;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells Temporal that an activity is alive while its own thread waits for a long statement. */
final class Heartbeat implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final ActivityExecutionContext activity;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heartbeat").factory());
    private volatile @Nullable ActivityCompletionException over;

    Heartbeat(ActivityExecutionContext activity) {
        this.activity = activity;
        beats.scheduleWithFixedDelay(this::beat, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            activity.heartbeat(null);
        } catch (ActivityCompletionException noLongerWanted) {
            over = noLongerWanted;
            beats.shutdown();
        }
    }

    /** @throws ActivityCompletionException if nobody waits for the activity any more */
    void requireWanted() {
        ActivityCompletionException ended = over;
        if (ended != null) {
            throw ended;
        }
    }

    @Override
    public void close() {
        beats.shutdownNow();
    }
}
