package io.fincore.audit;

/** What a verification of the chain came to. */
public sealed interface AuditVerdict {

    /**
     * Every entry is what it was, as far as chain and anchors reach.
     *
     * @param entries how many there are
     * @param head the hash of the last one; of nothing, if there is none
     */
    record Verified(long entries, String head) implements AuditVerdict {}

    /**
     * Something was changed behind the log's back. Whatever comes after is not looked at: repair this first, or verify a copy.
     *
     * @param position of the first entry that is not as it should be, or is missing
     * @param what in plain words
     */
    record Broken(long position, String what) implements AuditVerdict {}
}
