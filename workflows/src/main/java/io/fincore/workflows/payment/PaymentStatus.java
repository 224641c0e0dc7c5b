package io.fincore.workflows.payment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The status of a payment, as clients see it and as it is stored. */
public enum PaymentStatus {
    PENDING(false),
    IN_REVIEW(false),
    PROCESSING(false),
    REQUIRES_MANUAL_INTERVENTION(false),
    COMPLETED(true),
    REJECTED(true),
    FAILED(true),
    CANCELLED(true),
    PARTIALLY_REFUNDED(true),
    REFUNDED(true);

    private final boolean terminal;

    PaymentStatus(boolean terminal) {
        this.terminal = terminal;
    }

    /** Whether the payment's own saga has ended; refunds may still follow a completed one. */
    public boolean isTerminal() {
        return terminal;
    }

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the code names no status */
    @JsonCreator
    public static PaymentStatus ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
