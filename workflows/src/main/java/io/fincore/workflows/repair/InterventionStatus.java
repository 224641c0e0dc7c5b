package io.fincore.workflows.repair;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far an intervention has got. */
public enum InterventionStatus {
    /** Waits for a second person. */
    REQUESTED,
    /** The saga acts on it. */
    TAKEN,
    /** The saga has acted on it, and has ended or rests again. */
    DONE;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the code names no status */
    @JsonCreator
    public static InterventionStatus ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
