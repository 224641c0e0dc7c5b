package io.fincore.api.temporal;

/** What is known of a workflow after it was to be started. */
public sealed interface StartOutcome<R> {

    /**
     * It has taken its first steps, or has ended.
     *
     * @param acceptance what it says of them
     */
    record Accepted<R>(R acceptance) implements StartOutcome<R> {}

    /** Durable at Temporal; either the worker has not got so far yet, or it ran before. What is in the database tells. */
    record Started<R>() implements StartOutcome<R> {}

    /** It is not known whether the workflow exists. */
    record Unconfirmed<R>() implements StartOutcome<R> {}
}
