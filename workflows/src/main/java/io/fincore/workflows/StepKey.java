package io.fincore.workflows;

import org.jspecify.annotations.Nullable;

/**
 * Names one step of one saga, for ever: the key of its effect.
 *
 * @param round 1, raised only when an ended saga is opened again
 * @param number place in the saga, from 1; an undo has the number of the step it undoes
 * @param name such as {@code ledger.hold}
 * @param compensates name of the step that this one undoes, null for a step forward
 */
public record StepKey(
        String workflowId,
        int round,
        int number,
        String name,
        @Nullable String compensates) {

    public StepKey {
        if (workflowId.isBlank() || name.isBlank() || round < 1 || number < 1) {
            throw new IllegalArgumentException(
                    "not a step key: " + workflowId + "/" + round + "/" + number + "/" + name);
        }
    }

    public StepKey(String workflowId, int round, int number, String name) {
        this(workflowId, round, number, name, null);
    }

    /** The key of something done beside this step, which is not a step of the saga itself. */
    public StepKey besides(String otherName) {
        return new StepKey(workflowId, round, number, otherName);
    }

    /** The key of the step that undoes this one. */
    public StepKey undoneBy(String undoName) {
        return new StepKey(workflowId, round, number, undoName, name);
    }

    /** The key of the step forward that this one undoes, or this one itself. */
    public StepKey forward() {
        return compensates == null ? this : new StepKey(workflowId, round, number, compensates);
    }

    /** {@code payment/pay_…/1/ledger.hold} */
    @Override
    public String toString() {
        return workflowId + "/" + round + "/" + name;
    }
}
