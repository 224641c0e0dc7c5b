package io.fincore.dev.simulator;

import org.jspecify.annotations.Nullable;

/** The sender's fault; answered by 400. */
final class BadMessageException extends RuntimeException {

    BadMessageException(String message) {
        super(message);
    }

    BadMessageException(String message, Throwable cause) {
        super(message, cause);
    }

    static <T> T require(@Nullable T value, String element) {
        if (value == null) {
            throw new BadMessageException(element + " is missing");
        }
        return value;
    }

    static String requireText(@Nullable String value, String element) {
        String text = require(value, element);
        if (text.isBlank()) {
            throw new BadMessageException(element + " is blank");
        }
        return text;
    }
}
