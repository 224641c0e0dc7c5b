package io.fincore.decision;

import io.fincore.decision.CompiledRule.Finding;
import io.fincore.decision.Rule.Consequence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A compiled version of the rules.
 *
 * @param window how far back the velocity limits look
 */
record RuleSet(String version, Duration window, List<CompiledRule> rules) {

    RuleSet {
        rules = List.copyOf(rules);
    }

    /** All rules are asked, so that all reasons are told. One that declines outweighs any that want a review. */
    Outcome evaluate(Map<String, Object> variables) {
        List<Finding> findings = rules.stream()
                .map(rule -> rule.apply(variables))
                .flatMap(Optional::stream)
                .toList();
        List<Reason> declining = reasons(findings, Consequence.DECLINE);
        List<Reason> reviewing = reasons(findings, Consequence.REVIEW);
        if (!declining.isEmpty()) {
            return new Outcome.Declined(declining);
        }
        return reviewing.isEmpty() ? new Outcome.Approved() : new Outcome.Review(reviewing);
    }

    private static List<Reason> reasons(List<Finding> findings, Consequence consequence) {
        return findings.stream()
                .filter(finding -> finding.consequence() == consequence)
                .map(Finding::reason)
                .distinct()
                .toList();
    }
}
