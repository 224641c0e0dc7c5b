package io.fincore.api.inbound;

/** The callback is signed, but makes no sense to us. */
final class NotUnderstood extends Exception {

    private static final long serialVersionUID = 1L;

    NotUnderstood(String message) {
        super(message, null, false, false);
    }
}
