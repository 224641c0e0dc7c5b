package io.fincore.workflows.payment;

import io.fincore.workflows.StepKey;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.SendClaim;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/**
 * The steps that write the payment itself. Each writes the payment, its history, the saga record and the event in one
 * transaction, once per key.
 */
@ActivityInterface
public interface PaymentActivities {

    @ActivityMethod(name = "payment.create")
    void create(StepKey key, PaymentOrder order);

    /** Opens the case's record too. */
    @ActivityMethod(name = "payment.mark-in-review")
    void markInReview(StepKey key, String paymentId, String caseId, List<DecisionResult.Reason> reasons);

    @ActivityMethod(name = "payment.mark-processing")
    void markProcessing(StepKey key, String paymentId);

    /**
     * Claims the payment against the call to the bank.
     *
     * @return whether the bank has not been asked and never will be
     */
    @ActivityMethod(name = "payment.claim")
    boolean claim(StepKey key, String paymentId, SendClaim claim);

    @ActivityMethod(name = "payment.complete")
    void complete(StepKey key, String paymentId);

    /** Ends the payment without money moved; writes the payment first if not even that had been done. */
    @ActivityMethod(name = "payment.end")
    void end(StepKey key, PaymentOrder order, Ending ending);

    /** Records a final answer of the bank that contradicts the first one, and alerts. */
    @ActivityMethod(name = "payment.record-contradiction")
    void recordContradiction(StepKey key, String paymentId, BankAnswer first, BankAnswer later);
}
