package io.fincore.decision;

import java.util.List;

/** What becomes of a payment. Approved and Review hold a reservation in the velocity limits, Declined holds none. */
public sealed interface Outcome {

    /** Goes on. */
    record Approved() implements Outcome {}

    /**
     * Goes no further.
     *
     * @param reasons of the rules that decline; what other rules would have had reviewed is not told
     */
    record Declined(List<Reason> reasons) implements Outcome {

        public Declined {
            reasons = nonEmpty(reasons);
        }
    }

    /** Waits for a person. */
    record Review(List<Reason> reasons) implements Outcome {

        public Review {
            reasons = nonEmpty(reasons);
        }
    }

    private static List<Reason> nonEmpty(List<Reason> reasons) {
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("this outcome has at least one reason");
        }
        return List.copyOf(reasons);
    }
}
