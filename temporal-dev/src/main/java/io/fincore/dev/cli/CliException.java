package io.fincore.dev.cli;

/** What went wrong, in words for who typed the command. */
final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CliException(String message) {
        super(message);
    }

    CliException(String message, Throwable cause) {
        super(message, cause);
    }
}
