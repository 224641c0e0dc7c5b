package io.fincore.api.limits;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets so many in at the same time, and so many more wait a moment for their turn. */
final class Gate {

    private final Semaphore places;
    private final int all;
    private final int queued;
    private final Duration patience;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param places 0 for any number */
    Gate(int places, int queued, Duration patience) {
        this.all = places == 0 ? Integer.MAX_VALUE : places;
        // Who waits longest is next.
        this.places = new Semaphore(all, true);
        this.queued = queued;
        this.patience = patience;
    }

    /** Whether there is a place; who gets one has to leave it. */
    boolean enter() {
        if (waiting.get() == 0 && places.tryAcquire()) {
            return true;
        }
        if (waiting.incrementAndGet() > queued) {
            waiting.decrementAndGet();
            return false;
        }
        try {
            return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    void leave() {
        places.release();
    }

    /** How many are inside. */
    int inside() {
        return all - places.availablePermits();
    }

    int waiting() {
        return waiting.get();
    }
}
