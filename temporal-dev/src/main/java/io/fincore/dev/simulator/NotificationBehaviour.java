package io.fincore.dev.simulator;

import java.util.Arrays;

/**
 * What the simulated provider of notifications does, chosen by what stands before the {@code @} of the recipient's address. The names
 * are part of documentation and tests.
 */
public enum NotificationBehaviour {
    DELIVERS("ada", "answers 202 and keeps the notification. So it does for any recipient that is not in this table"),
    UNREACHABLE("unreachable", "answers 503 with Retry-After: 1, always"),
    REFUSES("refused", "answers 422: it will never take this one");

    private final String localPart;
    private final String description;

    NotificationBehaviour(String localPart, String description) {
        this.localPart = localPart;
        this.description = description;
    }

    /** The behaviour of an e-mail address; {@link #DELIVERS} for all that are not ours. */
    public static NotificationBehaviour of(String recipient) {
        return Arrays.stream(values())
                .filter(behaviour -> recipient.startsWith(behaviour.localPart + "@"))
                .findFirst()
                .orElse(DELIVERS);
    }

    /** What stands before the {@code @}. */
    public String localPart() {
        return localPart;
    }

    public String description() {
        return description;
    }

    Conduct conduct() {
        return this == UNREACHABLE ? Conduct.PLAIN.unavailable(Integer.MAX_VALUE) : Conduct.PLAIN;
    }
}
