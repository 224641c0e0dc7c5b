package io.fincore.dev.endtoend;

/**
 * A commit at which the worker is killed.
 *
 * @param point the commit: the saga's kind, the step and its status
 */
record Halt(Journey journey, String point, When when) {

    enum When {
        /** Nothing of the step is there when the next worker comes. */
        BEFORE_COMMIT,
        /** All of the step is there, and Temporal was never told. */
        AFTER_COMMIT
    }

    @Override
    public String toString() {
        return journey + ", " + point + ", " + when;
    }
}
