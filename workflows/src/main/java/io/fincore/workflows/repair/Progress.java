package io.fincore.workflows.repair;

import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.StepKey;

/** What a saga shows of itself to people, and what is recorded of it when they intervene. */
public interface Progress {

    /** Where the saga stands. */
    SagaStatus sagaStatus();

    /** Name of the step that is being taken. */
    String step();

    /** The saga is about to take a step. */
    void taking(StepKey step);

    /** Adds a line to the timeline. */
    void note(String name, String result);

    /**
     * Shows that the saga waits for a person.
     *
     * @param next what that person can do
     */
    void needsPerson(InterventionCause cause, String next);

    /** Shows again what the saga showed before it waited for a person. */
    void goesOn();
}
