package io.fincore.workflows.bank;

/**
 * What may keep an order from the bank: cancellation, deadline and faults compete with the call. Whoever claims the order first in
 * the database has won, for ever.
 */
public interface SendGuard {

    /** Whether something waits for {@link #decide}. */
    boolean isUndecided();

    /** Decides what waits. */
    void decide();

    /** Whether the bank is never asked. */
    boolean isWithheld();

    /**
     * Claims the order.
     *
     * @param detail why, in words
     * @return whether the bank is never asked because of this or an earlier claim
     */
    boolean claims(SendClaim claim, String detail);

    /** The call found the order claimed, though the saga may not know of it. */
    void foundClaimed();
}
