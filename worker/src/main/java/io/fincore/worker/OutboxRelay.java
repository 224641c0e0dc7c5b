package io.fincore.worker;

import io.fincore.outbox.EventDispatcher;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Dispatches committed events as long as the process lives. Any number of workers may do so: one at a time gets the cursor. */
final class OutboxRelay implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration WHEN_IDLE = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final EventDispatcher dispatcher;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    OutboxRelay(EventDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().name("outbox-relay").start(this::relay);
    }

    @Override
    public void stop() {
        stopping.countDown();
        Thread running = thread;
        if (running != null) {
            try {
                running.join(AFTER_FAILURE.multipliedBy(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void relay() {
        Duration pause = Duration.ZERO;
        while (!isStoppedWithin(pause)) {
            try {
                pause = dispatcher.dispatchOnce() > 0 ? Duration.ZERO : WHEN_IDLE;
            } catch (RuntimeException outage) {
                // Nothing is lost: the cursor has not moved, the batch comes again.
                LOG.warn("events could not be dispatched, trying again: {}", outage.getMessage());
                pause = AFTER_FAILURE;
            }
        }
    }

    private boolean isStoppedWithin(Duration pause) {
        try {
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
