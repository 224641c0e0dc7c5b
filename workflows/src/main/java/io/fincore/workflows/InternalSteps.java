package io.fincore.workflows;

import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes steps inside our own database. Each is tried as a local activity, which costs no round trip to Temporal; one that did not
 * get through in that time goes on under the same key as a regular activity.
 *
 * @param <A> the activity interface
 */
public final class InternalSteps<A> {

    private final Class<A> activities;

    public InternalSteps(Class<A> activities) {
        this.activities = activities;
    }

    /** @throws ActivityFailure if the step failed for good or did not succeed in the time given */
    public <R> R takeWithin(Duration within, String summary, Function<A, R> step) {
        return take(summary, ActivityPolicies.regular(summary, within), step);
    }

    /** @throws ActivityFailure if the step failed for good or did not succeed in the time given */
    public void runWithin(Duration within, String summary, Consumer<A> step) {
        take(summary, ActivityPolicies.regular(summary, within), returningNothing(step));
    }

    /**
     * Takes the step through any outage, however long.
     *
     * @throws ActivityFailure if the step failed for good
     */
    public <R> R take(String summary, Function<A, R> step) {
        return take(summary, ActivityPolicies.regular(summary), step);
    }

    /**
     * Takes the step through any outage, however long.
     *
     * @throws ActivityFailure if the step failed for good
     */
    public void run(String summary, Consumer<A> step) {
        take(summary, ActivityPolicies.regular(summary), returningNothing(step));
    }

    /**
     * Takes a step that an update asked for, through any outage: never as a local activity. Until the workflow task that took the update
     * is completed, Temporal may drop it, update and all; what a local activity has committed by then would stay, and the saga would
     * not know why.
     *
     * @throws ActivityFailure if the step failed for good
     */
    public <R> R takeAfterUpdate(String summary, Function<A, R> step) {
        return step.apply(Workflow.newActivityStub(activities, ActivityPolicies.regular(summary)));
    }

    /** {@link #takeAfterUpdate} for a step that answers nothing. */
    public void runAfterUpdate(String summary, Consumer<A> step) {
        takeAfterUpdate(summary, returningNothing(step));
    }

    private <R> R take(String summary, ActivityOptions whenSlow, Function<A, R> step) {
        try {
            return step.apply(Workflow.newLocalActivityStub(activities, ActivityPolicies.local(summary)));
        } catch (ActivityFailure failure) {
            if (FailureType.isPermanent(failure)) {
                throw failure;
            }
            return step.apply(Workflow.newActivityStub(activities, whenSlow));
        }
    }

    private static <A> Function<A, Boolean> returningNothing(Consumer<A> step) {
        return activities -> {
            step.accept(activities);
            return true;
        };
    }
}
