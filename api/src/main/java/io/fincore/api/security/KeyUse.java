package io.fincore.api.security;

/** What an operation does with an Idempotency-Key. */
public enum KeyUse {
    /** It does not look at one. */
    NONE,
    /** With one it is carried out once and answered as before; without one, as often as it comes. */
    OPTIONAL,
    REQUIRED
}
