package io.fincore.workflows.payment;

import io.fincore.workflows.StepKey;
import io.fincore.workflows.bank.BankAnswer;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The payment's movements in the book. */
@ActivityInterface
public interface LedgerActivities {

    @ActivityMethod(name = "ledger.hold")
    HoldResult hold(StepKey key, String paymentId);

    /**
     * Gives the held money back; nothing if it was never held. If the payment's rejection was waiting for this, it becomes
     * visible in the same transaction.
     */
    @ActivityMethod(name = "ledger.release")
    void release(StepKey key, String paymentId);

    /**
     * Posts the held money to the bank.
     *
     * @param answer what the bank said; recorded as the step {@code bank.answer} in the same transaction
     * @return the transaction, {@code txn_…}
     */
    @ActivityMethod(name = "ledger.settle")
    String settle(StepKey key, String paymentId, BankAnswer.Settled answer);
}
