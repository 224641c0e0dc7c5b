package io.fincore.workflows.activation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The status of an account activation, as clients see it and as it is stored. */
public enum ActivationStatus {
    PENDING(false),
    /** The provider has left the decision to our own people. */
    IN_REVIEW(false),
    REQUIRES_MANUAL_INTERVENTION(false),
    /** The customer is verified and the wallet active. */
    COMPLETED(true),
    /** The customer did not pass the check. */
    REJECTED(true),
    /** Not for the customer's sake: what was done is undone. */
    FAILED(true);

    private final boolean terminal;

    ActivationStatus(boolean terminal) {
        this.terminal = terminal;
    }

    public boolean isTerminal() {
        return terminal;
    }

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the code names no status */
    @JsonCreator
    public static ActivationStatus ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
