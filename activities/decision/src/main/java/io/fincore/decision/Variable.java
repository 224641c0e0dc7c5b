package io.fincore.decision;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.function.Function;

/** A variable of the rules: documented for their authors in docs/using/decision-rules.md. */
enum Variable {
    TENANT("tenant", SimpleType.STRING, inputs -> inputs.facts().tenant()),
    CUSTOMER_ID("customer_id", SimpleType.STRING, inputs -> inputs.facts().customerId()),
    SOURCE("source", SimpleType.STRING, inputs -> inputs.facts().source()),
    AMOUNT("amount", SimpleType.INT, inputs -> inputs.facts().amount().minorUnits()),
    CURRENCY(
            "currency",
            SimpleType.STRING,
            inputs -> inputs.facts().amount().currency().code()),
    MAJOR_UNIT("major_unit", SimpleType.INT, Variable::majorUnit),
    CREDITOR_NAME(
            "creditor_name", SimpleType.STRING, inputs -> inputs.creditorName().text()),
    CREDITOR_IBAN("creditor_iban", SimpleType.STRING, inputs -> inputs.facts().creditorIban()),
    CREDITOR_COUNTRY(
            "creditor_country", SimpleType.STRING, inputs -> inputs.facts().creditorCountry()),
    SANCTIONED_NAMES(
            "sanctioned_names",
            ListType.create(SimpleType.STRING),
            inputs -> inputs.evidence().sanctionedNames()),
    SIMILAR_SANCTIONED_NAMES(
            "similar_sanctioned_names",
            ListType.create(SimpleType.STRING),
            inputs -> inputs.evidence().similarSanctionedNames()),
    SANCTIONED_COUNTRY(
            "sanctioned_country", SimpleType.BOOL, inputs -> inputs.evidence().sanctionedCountry()),
    SANCTIONS_LIST_AGE_HOURS(
            "sanctions_list_age_hours",
            SimpleType.INT,
            inputs -> inputs.evidence().sanctionsListAgeHours()),
    NEW_CREDITOR("new_creditor", SimpleType.BOOL, inputs -> inputs.evidence().newCreditor()),
    NEW_CLIENT_IP("new_client_ip", SimpleType.BOOL, inputs -> inputs.evidence().newClientIp()),
    WINDOW_COUNT("window_count", SimpleType.INT, inputs -> inputs.velocity().paymentCount()),
    WINDOW_SUM("window_sum", SimpleType.INT, inputs -> inputs.velocity().amountSumMinorUnits());

    private final String variableName;
    private final CelType type;
    private final Function<Inputs, Object> value;

    Variable(String variableName, CelType type, Function<Inputs, Object> value) {
        this.variableName = variableName;
        this.type = type;
        this.value = value;
    }

    String variableName() {
        return variableName;
    }

    CelType type() {
        return type;
    }

    Object of(Inputs inputs) {
        return value.apply(inputs);
    }

    /** One major unit in minor units, so that a rule says 500 * major_unit and is right for JPY, EUR and KWD. */
    private static Object majorUnit(Inputs inputs) {
        long unit = 1;
        for (int digit = 0; digit < inputs.facts().amount().currency().exponent(); digit++) {
            unit *= 10;
        }
        return unit;
    }
}
