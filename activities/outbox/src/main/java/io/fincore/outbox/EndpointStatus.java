package io.fincore.outbox;

import java.util.Locale;

/** Whether a client's endpoint gets its events. */
public enum EndpointStatus {
    ENABLED,
    /** Events are kept for it, and none is sent. */
    PAUSED,
    /** It said that it is gone: no event is kept for it; a replay brings them once it is enabled again. */
    DISABLED;

    /** As clients see it, and as it is stored. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the code names no status */
    public static EndpointStatus ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
