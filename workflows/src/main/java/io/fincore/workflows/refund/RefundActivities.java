package io.fincore.workflows.refund;

import io.fincore.workflows.StepKey;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.SendClaim;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The refund's steps inside our own database. */
@ActivityInterface
public interface RefundActivities {

    /** Sets the amount aside and writes the refund, or writes nothing. */
    @ActivityMethod(name = "refund.create")
    RefundReservation create(StepKey key, RefundOrder order);

    /**
     * Claims the refund against the call to the bank.
     *
     * @return whether the bank has not been asked and never will be
     */
    @ActivityMethod(name = "refund.claim")
    boolean claim(StepKey key, String refundId, SendClaim claim);

    /**
     * Credits the wallet by a reversal of the payment's settlement.
     *
     * @param answer what the bank said
     * @return the transaction, {@code txn_…}
     */
    @ActivityMethod(name = "ledger.post-reversal")
    String postReversal(StepKey key, String refundId, BankAnswer.Settled answer);

    /** Completes the refund, and with it the payment's {@code refunded_amount} and status. */
    @ActivityMethod(name = "payment.mark-refunded")
    void markRefunded(StepKey key, String refundId);

    /** Fails the refund, and gives back what was set aside; nothing if it was never created. */
    @ActivityMethod(name = "refund.end")
    void end(StepKey key, String refundId, RefundEnding ending);

    /** Records a final answer of the bank that contradicts the first one, and alerts. */
    @ActivityMethod(name = "refund.record-contradiction")
    void recordContradiction(StepKey key, String refundId, BankAnswer first, BankAnswer later);
}
