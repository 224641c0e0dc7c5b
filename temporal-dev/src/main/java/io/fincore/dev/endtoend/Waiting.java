package io.fincore.dev.endtoend;

import io.fincore.dev.stack.StackException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for states that other processes bring about. */
final class Waiting {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private Waiting() {}

    /** @return whether the condition came true in time */
    static boolean until(Duration atMost, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > atMost.toNanos()) {
                return false;
            }
            pause(POLL);
        }
        return true;
    }

    /**
     * Waits for what must happen, however many processes die meanwhile.
     *
     * @param what for the error
     * @throws StackException if it has not happened in four minutes
     */
    static void require(String what, BooleanSupplier condition) {
        if (!until(PATIENCE, condition)) {
            throw new StackException("This did not happen in " + PATIENCE.toMinutes() + " minutes: " + what + ".");
        }
    }

    /** A pause that is part of what happens: a fault's length, or the time until a client repeats its request. */
    static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while waiting.", e);
        }
    }
}
