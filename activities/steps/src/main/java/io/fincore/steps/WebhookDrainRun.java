package io.fincore.steps;

import io.fincore.outbox.DueDelivery;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that are due at one endpoint, some at once: whoever finds one to do lets another look. It ends when nothing is due, when
 * its time is over, and when one attempt after the other has failed.
 */
final class WebhookDrainRun {

    /** So many calls at once to one endpoint; events about one subject never are. */
    private static final int LANES = 8;

    /** An endpoint that fails so often in a row would only hold up others. */
    private static final int FAILURES_IN_A_ROW = 3;

    private static final Duration TIME = Duration.ofSeconds(20);

    private final WebhookCourier courier;
    private final String endpointId;
    private final Runnable requireWanted;
    private final long end = System.nanoTime() + TIME.toNanos();
    private final AtomicInteger lanes = new AtomicInteger();
    private final Phaser running = new Phaser(1);
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();
    final AtomicInteger succeeded = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();

    /** @param requireWanted throws if nobody waits for the result any more */
    WebhookDrainRun(WebhookCourier courier, String endpointId, Runnable requireWanted) {
        this.courier = courier;
        this.endpointId = endpointId;
        this.requireWanted = requireWanted;
    }

    /** @throws RuntimeException what broke a lane; the others have ended */
    void run() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            openLane(threads);
            running.arriveAndAwaitAdvance();
        }
        RuntimeException broken = fault.get();
        if (broken != null) {
            throw broken;
        }
    }

    boolean isStruggling() {
        return failuresInARow.get() >= FAILURES_IN_A_ROW;
    }

    private void openLane(ExecutorService threads) {
        if (lanes.incrementAndGet() <= LANES) {
            running.register();
            threads.execute(() -> {
                try {
                    work(threads);
                } catch (RuntimeException broken) {
                    fault.compareAndSet(null, broken);
                } finally {
                    lanes.decrementAndGet();
                    running.arriveAndDeregister();
                }
            });
        } else {
            lanes.decrementAndGet();
        }
    }

    private void work(ExecutorService threads) {
        while (mayGoOn()) {
            Optional<DueDelivery> due = courier.take(endpointId);
            if (due.isEmpty()) {
                return;
            }
            openLane(threads);
            if (courier.attempt(due.get())) {
                failuresInARow.set(0);
                succeeded.incrementAndGet();
            } else {
                failuresInARow.incrementAndGet();
                failed.incrementAndGet();
            }
        }
    }

    private boolean mayGoOn() {
        requireWanted.run();
        return fault.get() == null && !isStruggling() && System.nanoTime() < end;
    }
}
