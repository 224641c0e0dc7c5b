package io.fincore.outbox;

import java.util.Locale;

/** What became of an event on its way to one endpoint. */
public enum DeliveryStatus {
    PENDING,
    SUCCEEDED,
    /** The last attempt failed as well, or the endpoint said that it is gone. */
    FAILED,
    /** The endpoint was disabled or deleted before. */
    SKIPPED;

    /** As clients see it, and as it is stored. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the code names no status */
    public static DeliveryStatus ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
