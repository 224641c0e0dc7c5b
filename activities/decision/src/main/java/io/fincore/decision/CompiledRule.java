package io.fincore.decision;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rule ready to be evaluated. One that cannot be compiled or evaluated fails closed: it has the payment reviewed.
 * Not declined: the fault is ours and not the client's, no money leaves without a person having looked, and what that
 * person decides can still be either.
 */
final class CompiledRule {

    private static final Logger LOG = LoggerFactory.getLogger(CompiledRule.class);
    private static final Cel CEL = cel();

    private final String ruleSetVersion;
    private final Rule rule;
    private final @Nullable Program program;

    private CompiledRule(String ruleSetVersion, Rule rule, @Nullable Program program) {
        this.ruleSetVersion = ruleSetVersion;
        this.rule = rule;
        this.program = program;
    }

    static CompiledRule of(String ruleSetVersion, Rule rule) {
        try {
            Program program = CEL.createProgram(CEL.compile(rule.expression()).getAst());
            return new CompiledRule(ruleSetVersion, rule, program);
        } catch (CelValidationException | CelEvaluationException | RuntimeException e) {
            LOG.error("rule {} of rule set {} does not compile: payments go to review", rule.name(), ruleSetVersion, e);
            return new CompiledRule(ruleSetVersion, rule, null);
        }
    }

    /** Empty if the rule does not apply. */
    Optional<Finding> apply(Map<String, Object> variables) {
        if (program == null) {
            return Optional.of(failed());
        }
        try {
            // Anything but a Boolean fails the cast, and so the rule.
            boolean applies = (Boolean) program.eval(variables);
            return applies ? Optional.of(new Finding(rule.consequence(), rule.reason())) : Optional.empty();
        } catch (CelEvaluationException | RuntimeException e) {
            LOG.error("rule {} of rule set {} failed: the payment goes to review", rule.name(), ruleSetVersion, e);
            return Optional.of(failed());
        }
    }

    private Finding failed() {
        return new Finding(
                Rule.Consequence.REVIEW,
                new Reason(Reason.RULE_FAILED, "The rule " + rule.name() + " could not be evaluated"));
    }

    private static Cel cel() {
        CelBuilder builder = CelFactory.plannerCelBuilder().setResultType(SimpleType.BOOL);
        for (Variable variable : Variable.ALL) {
            builder.addVar(variable.name(), variable.type());
        }
        return builder.build();
    }

    /** That a rule applies, or failed. */
    record Finding(Rule.Consequence consequence, Reason reason) {}
}
