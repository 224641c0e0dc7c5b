package io.fincore.workflows.erasure;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The status of an erasure, as clients see it and as it is stored. */
public enum ErasureStatus {
    /** Something of the customer is open still. */
    PENDING(false),
    /** The same, after the deadline: somebody has to end what is open. */
    OVERDUE(false),
    COMPLETED(true),
    /** The person has changed their mind, before anything was erased. */
    CANCELLED(true);

    private final boolean terminal;

    ErasureStatus(boolean terminal) {
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
    public static ErasureStatus ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
