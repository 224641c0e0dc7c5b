package io.fincore.workflows.bank;

import io.fincore.workflows.StepKey;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;

/** Calls to the bank, on a queue of their own. */
@ActivityInterface
public interface BankActivities {

    /**
     * Sends the credit transfer. Repeated as long as nothing left the house. An attempt that finds an earlier one of the same
     * call possibly sent does not send but answers {@code Unknown}.
     *
     * @param callNumber 1 for the first call; the next only after inquiries have shown that the bank knows nothing
     * @param notAfter the payment's deadline: what has not been called by then is not called any more
     */
    @ActivityMethod(name = "bank.send")
    BankAnswer send(StepKey key, String paymentId, int callNumber, Instant notAfter);

    /** Asks the bank to return what a refund is for; otherwise as {@link #send}. */
    @ActivityMethod(name = "bank.refund")
    BankAnswer refund(StepKey key, String refundId, int callNumber, Instant notAfter);

    /**
     * Asks what became of an order; repeated until the bank says something.
     *
     * @param subjectId the payment or the refund
     */
    @ActivityMethod(name = "bank.inquire")
    BankAnswer inquire(StepKey key, String subjectId);
}
