package io.fincore.decision;

/**
 * Why a payment was not simply approved.
 *
 * @param code for programs, {@code amount_limit}; what codes there are stands in docs/using/decision-rules.md
 * @param detail for people, one sentence
 */
public record Reason(String code, String detail) {

    /** Given to a payment that was released before it was decided; every other code comes with the rule set. */
    static final String GIVEN_UP = "payment_given_up";

    /** Given in place of a rule's own code when the rule could not be evaluated. */
    static final String RULE_FAILED = "rule_failed";

    public Reason {
        if (code.isBlank() || detail.isBlank()) {
            throw new IllegalArgumentException("a reason has a code and a detail: '" + code + "', '" + detail + "'");
        }
    }
}
