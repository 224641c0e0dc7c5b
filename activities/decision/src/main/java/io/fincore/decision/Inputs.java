package io.fincore.decision;

import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that rules can see of a payment. */
record Inputs(PaymentFacts facts, NormalisedName creditorName, Evidence evidence, Velocity velocity) {

    /** The variables by name, as rules read them and as they are stored with the decision. */
    Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        Variable.ALL.forEach(
                variable -> variables.put(variable.name(), variable.value().apply(this)));
        return variables;
    }
}
