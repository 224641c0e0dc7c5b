package io.fincore.ledger;

/** What a comparison of the book with the audit log came to. */
public sealed interface BookVerdict {

    /** @param transactions how many there are, each with its one record that says the same */
    record Agreed(long transactions) implements BookVerdict {}

    /**
     * Book and log say different things. The chain of the log tells which of them was changed: verify it first.
     *
     * @param transactionId of the first transaction that differs
     * @param what in plain words
     */
    record Differs(String transactionId, String what) implements BookVerdict {}
}
