package io.fincore.api.temporal;

/** What came of an update. */
public sealed interface UpdateOutcome<R> {

    record Done<R>(R result) implements UpdateOutcome<R> {}

    /**
     * The workflow's validator or handler refused; nothing was changed.
     *
     * @param failureType as the workflow's contract names it
     * @param message the workflow's own words
     */
    record Refused<R>(String failureType, String message) implements UpdateOutcome<R> {}

    /** There is no open workflow of this id. */
    record WorkflowGone<R>() implements UpdateOutcome<R> {}
}
