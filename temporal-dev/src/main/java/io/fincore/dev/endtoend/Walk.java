package io.fincore.dev.endtoend;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** A journey under way. */
record Walk(Journey journey, CompletableFuture<String> end) {

    /** @param trip takes the journey, and answers how it ended */
    static Walk start(Journey journey, Supplier<String> trip, Executor walkers) {
        return new Walk(journey, CompletableFuture.supplyAsync(trip, walkers));
    }

    boolean isOver() {
        return end.isDone();
    }

    /** Waits for the end; what is wrong with it, if it is not the journey's. */
    Optional<String> violation() {
        try {
            String ended = end.join();
            return ended.equals(journey.end())
                    ? Optional.empty()
                    : Optional.of(journey + " ended " + ended + " and not " + journey.end());
        } catch (CompletionException e) {
            return Optional.of(journey + " did not end: " + e.getCause());
        }
    }
}
