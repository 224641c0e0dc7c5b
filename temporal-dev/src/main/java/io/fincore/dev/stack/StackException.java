package io.fincore.dev.stack;

/** The stack cannot do what was asked; the message is complete and meant for the person at the terminal. */
public final class StackException extends RuntimeException {

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
