package io.fincore.decision;

/**
 * A stored decision.
 *
 * @param ruleSetVersion the rule set that was active when the payment was decided
 */
public record Decision(String ruleSetVersion, Outcome outcome) {}
