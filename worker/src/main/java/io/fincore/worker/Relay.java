package io.fincore.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes on one piece of work after another as long as the process lives. What keeps several workers, or the threads of one, from the
 * same piece is the work's own to say.
 */
final class Relay implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    /** What takes longer to end is broken off, and must be such that it can be. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final int threads;
    private final Duration whenIdle;
    private final BooleanSupplier work;
    private final ExecutorService executor;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;

    /**
     * @param whenIdle the pause after there was nothing to do
     * @param work does one piece and tells whether there was one; may throw, is then called again
     */
    Relay(String name, int threads, Duration whenIdle, BooleanSupplier work) {
        this.name = name;
        this.threads = threads;
        this.whenIdle = whenIdle;
        this.work = work;
        this.executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name(name + "-", 1).factory());
    }

    @Override
    public void start() {
        running = true;
        for (int thread = 0; thread < threads; thread++) {
            executor.execute(this::relay);
        }
    }

    @Override
    public void stop() {
        stopping.countDown();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} did not end within {}", name, PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void relay() {
        Duration pause = Duration.ZERO;
        while (!isStoppedWithin(pause)) {
            try {
                pause = work.getAsBoolean() ? Duration.ZERO : whenIdle;
            } catch (RuntimeException outage) {
                // Nothing is lost: what was not committed comes again.
                LOG.warn("{} failed, trying again: {}", name, outage.getMessage());
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
