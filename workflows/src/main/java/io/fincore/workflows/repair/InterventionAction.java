package io.fincore.workflows.repair;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an operator may tell a saga to do. */
public enum InterventionAction {
    /** Try again what failed, be it a step or its undo, without waiting. */
    RETRY,
    /** Give up going forward, and undo what was done. */
    COMPENSATE,
    /** Say what nobody else can: the intervention's {@link Resolution}. */
    RESOLVE,
    /** Ask the provider now what became of the call. */
    FORCE_INQUIRY;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the code names no action */
    @JsonCreator
    public static InterventionAction ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
