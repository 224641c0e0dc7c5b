package io.fincore.workflows;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The sagas of the platform. */
public enum SagaKind {
    PAYMENT,
    REFUND,
    COMPLIANCE_CASE,
    ACCOUNT_ACTIVATION;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the code names no saga */
    @JsonCreator
    public static SagaKind ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
