package io.fincore.workflows;

import io.temporal.failure.ActivityFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The undos of a saga's steps. Each is added before its step is tried, because a step whose outcome is not known must be undone
 * too. They run in reverse order; one that fails for good does not keep the others from running, and stays to be run again.
 */
public final class Compensations {

    private final Deque<Compensation> open = new ArrayDeque<>();

    public void add(String name, Runnable undo) {
        open.push(new Compensation(name, undo));
    }

    /** @return what failed, empty if everything is undone; call again to retry just that */
    public List<String> run() {
        List<String> failures = new ArrayList<>();
        for (Compensation compensation : List.copyOf(open)) {
            try {
                compensation.undo.run();
                open.remove(compensation);
            } catch (ActivityFailure failure) {
                failures.add(compensation.name + ": " + FailureType.describe(failure));
            }
        }
        return failures;
    }

    private record Compensation(String name, Runnable undo) {}
}
