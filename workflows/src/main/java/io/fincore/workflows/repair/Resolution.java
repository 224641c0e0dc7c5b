package io.fincore.workflows.repair;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an operator knows from outside the platform, and says by {@link InterventionAction#RESOLVE}. */
public enum Resolution {
    /** The bank has carried the order out: the hold, or the refund's reservation, is consumed. */
    EXECUTED,
    /** The bank has not carried it out and never will: the hold, or the reservation, is released. */
    NOT_EXECUTED,
    /** The customer passes the check that the provider referred to us. */
    APPROVED,
    /** The customer does not pass it. */
    REJECTED;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the code names no resolution */
    @JsonCreator
    public static Resolution ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
