package io.fincore.dev.endtoend;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Clients and people who act at the same time. */
final class Crowd {

    private Crowd() {}

    /**
     * Runs a scene with them, and returns when it is played and all of them are done.
     *
     * @param scene gets what runs each of them in a thread of its own
     */
    static <T> T play(Function<ExecutorService, T> scene) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                return scene.apply(threads);
            } catch (RuntimeException e) {
                // They are patient: without this, nobody would hear of the failure for minutes.
                threads.shutdownNow();
                throw e;
            }
        }
    }
}
