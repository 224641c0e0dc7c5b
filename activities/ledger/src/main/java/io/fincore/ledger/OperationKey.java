package io.fincore.ledger;

/** Checks the key under which the book remembers a command: the same command again gets the first answer again. */
final class OperationKey {

    private static final int MAX_LENGTH = 512;

    private OperationKey() {}

    static String require(String key) {
        if (key.isBlank() || key.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("an operation key has 1 to " + MAX_LENGTH + " characters");
        }
        return key;
    }
}
