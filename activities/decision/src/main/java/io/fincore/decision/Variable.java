package io.fincore.decision;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.function.Function;

/**
 * A variable of the rules. What each means to a rule's author stands in docs/using/decision-rules.md.
 *
 * @param value takes it from the inputs: a Long, Boolean, String or list of strings, as the type says
 */
record Variable(String name, CelType type, Function<Inputs, Object> value) {

    static final List<Variable> ALL = List.of(
            new Variable("tenant", SimpleType.STRING, inputs -> inputs.facts().tenant()),
            new Variable(
                    "customer_id", SimpleType.STRING, inputs -> inputs.facts().customerId()),
            new Variable("source", SimpleType.STRING, inputs -> inputs.facts().source()),
            new Variable(
                    "amount", SimpleType.INT, inputs -> inputs.facts().amount().minorUnits()),
            new Variable(
                    "currency",
                    SimpleType.STRING,
                    inputs -> inputs.facts().amount().currency().code()),
            new Variable("major_unit", SimpleType.INT, Variable::majorUnit),
            new Variable(
                    "creditor_name",
                    SimpleType.STRING,
                    inputs -> inputs.creditorName().text()),
            new Variable(
                    "creditor_iban", SimpleType.STRING, inputs -> inputs.facts().creditorIban()),
            new Variable(
                    "creditor_country",
                    SimpleType.STRING,
                    inputs -> inputs.facts().creditorCountry()),
            new Variable(
                    "sanctioned_names",
                    ListType.create(SimpleType.STRING),
                    inputs -> inputs.evidence().sanctionedNames()),
            new Variable(
                    "similar_sanctioned_names",
                    ListType.create(SimpleType.STRING),
                    inputs -> inputs.evidence().similarSanctionedNames()),
            new Variable(
                    "sanctioned_country",
                    SimpleType.BOOL,
                    inputs -> inputs.evidence().sanctionedCountry()),
            new Variable(
                    "sanctions_list_age_hours",
                    SimpleType.INT,
                    inputs -> inputs.evidence().sanctionsListAgeHours()),
            new Variable(
                    "new_creditor", SimpleType.BOOL, inputs -> inputs.evidence().newCreditor()),
            new Variable(
                    "new_client_ip",
                    SimpleType.BOOL,
                    inputs -> inputs.evidence().newClientIp()),
            new Variable(
                    "window_count", SimpleType.INT, inputs -> inputs.velocity().paymentCount()),
            new Variable(
                    "window_sum", SimpleType.INT, inputs -> inputs.velocity().amountSumMinorUnits()));

    /** One major unit in minor units, so that a rule says 500 * major_unit and is right for JPY, EUR and KWD. */
    private static Object majorUnit(Inputs inputs) {
        long unit = 1;
        for (int digit = 0; digit < inputs.facts().amount().currency().exponent(); digit++) {
            unit *= 10;
        }
        return unit;
    }
}
