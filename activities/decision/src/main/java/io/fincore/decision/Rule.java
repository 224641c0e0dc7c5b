package io.fincore.decision;

/**
 * A rule as it is stored.
 *
 * @param expression in Common Expression Language over the {@link Variable}s; true means that the rule applies
 * @param reason given when it does
 */
record Rule(String name, String expression, Consequence consequence, Reason reason) {

    enum Consequence {
        DECLINE,
        REVIEW
    }
}
