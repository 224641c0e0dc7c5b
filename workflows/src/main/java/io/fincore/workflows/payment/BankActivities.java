package io.fincore.workflows.payment;

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

    /** Asks what became of the transfer; repeated until the bank says something. */
    @ActivityMethod(name = "bank.inquire")
    BankAnswer inquire(StepKey key, String paymentId);
}
