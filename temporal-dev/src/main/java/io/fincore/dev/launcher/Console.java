package io.fincore.dev.launcher;

import io.fincore.dev.stack.Progress;

/** Prints progress: one line per event, in the order in which they happen. */
public final class Console implements Progress {

    private final long startNanos = System.nanoTime();

    @Override
    public synchronized void report(String component, String message) {
        System.out.printf("%6.1f s  %-10s  %s%n", (System.nanoTime() - startNanos) / 1e9, component, message);
    }

    public synchronized void say(String text) {
        System.out.println(text);
    }
}
