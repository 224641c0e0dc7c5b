package io.fincore.api.orders;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** Waits for an order to end by looking at its row: Temporal allows few updates in flight, and a row costs it nothing. */
final class OrderWatch {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private OrderWatch() {}

    /** @return the order with a terminal status, or as it is when the time is over */
    static <T extends Ordered> T untilEnded(T order, UnaryOperator<T> read, Duration wait) {
        long endNanos = System.nanoTime() + wait.toNanos();
        T latest = order;
        Duration pause = FIRST_PAUSE;
        while (!latest.isEnded() && System.nanoTime() + pause.toNanos() < endNanos) {
            if (!sleep(pause)) {
                return latest;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            latest = read.apply(latest);
        }
        return latest;
    }

    /** @return false if the process is being stopped */
    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
