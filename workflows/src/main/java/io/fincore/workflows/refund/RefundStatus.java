package io.fincore.workflows.refund;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The status of a refund, as clients see it and as it is stored. */
public enum RefundStatus {
    PENDING(false),
    REQUIRES_MANUAL_INTERVENTION(false),
    COMPLETED(true),
    FAILED(true);

    private final boolean terminal;

    RefundStatus(boolean terminal) {
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
    public static RefundStatus ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
