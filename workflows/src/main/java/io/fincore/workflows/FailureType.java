package io.fincore.workflows;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;

/** The types of failure that cross a Temporal boundary; everything else is an outcome and a return value. */
public enum FailureType {
    /** An outage of something we stand on; the attempt may be repeated as often as it takes. */
    INFRASTRUCTURE,
    /** Something else went wrong; it becomes {@link #PERMANENT} when it goes on. */
    FAULT,
    /** Repeating it cannot help: a person has to look. */
    PERMANENT,
    /** The step was undone before it had ever succeeded: nothing was done, and the saga goes the way of its failure. */
    STEP_UNDONE,
    /** A provider was not reached, or has not taken the call on: it may be repeated. */
    PROVIDER_NOT_REACHED,
    CASE_ALREADY_RESOLVED,
    CASE_RESOLVER_IS_CREATOR,
    /** The saga does not take this order now; the message names what it takes. */
    INTERVENTION_NOT_POSSIBLE,
    INTERVENTION_UNKNOWN,
    INTERVENTION_NEEDS_ANOTHER_PERSON;

    /** Repeated by Temporal under the activity's policy. */
    public ApplicationFailure retryable(String message, Throwable cause) {
        return ApplicationFailure.newBuilder()
                .setType(name())
                .setMessage(message)
                .setCause(cause)
                .build();
    }

    /** Never repeated. */
    public ApplicationFailure nonRetryable(String message) {
        return ApplicationFailure.newBuilder()
                .setType(name())
                .setMessage(message)
                .setNonRetryable(true)
                .build();
    }

    /** Never repeated. */
    public ApplicationFailure nonRetryable(String message, Throwable cause) {
        return ApplicationFailure.newBuilder()
                .setType(name())
                .setMessage(message)
                .setCause(cause)
                .setNonRetryable(true)
                .build();
    }

    /** Whether the activity itself said that it must not be repeated. */
    public static boolean isPermanent(ActivityFailure failure) {
        return failure.getCause() instanceof ApplicationFailure cause && cause.isNonRetryable();
    }

    /** Whether the activity ran out of the time it was given in all. */
    public static boolean isTimeout(ActivityFailure failure) {
        return failure.getCause() instanceof TimeoutFailure || !isPermanent(failure);
    }

    /** The activity's own words about what went wrong. */
    public static String describe(ActivityFailure failure) {
        return failure.getCause() instanceof ApplicationFailure cause
                ? cause.getOriginalMessage()
                : String.valueOf(failure.getCause());
    }
}
