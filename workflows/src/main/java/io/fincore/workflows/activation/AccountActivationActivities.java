package io.fincore.workflows.activation;

import io.fincore.workflows.StepKey;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The activation's steps inside our own database. */
@ActivityInterface
public interface AccountActivationActivities {

    /** Writes the activation and its saga. */
    @ActivityMethod(name = "activation.create")
    void create(StepKey key, ActivationOrder order);

    /** The provider leaves the decision to us; clients see {@code in_review}. */
    @ActivityMethod(name = "activation.mark-in-review")
    void markInReview(StepKey key, String activationId, String reason);

    /** Puts the approval on record. */
    @ActivityMethod(name = "kyc.approve")
    void approve(StepKey key, String activationId, KycAnswer.Approved answer);

    /** Undoes {@link #approve}. */
    @ActivityMethod(name = "kyc.revoke")
    void revoke(StepKey key, String activationId);

    /** Verifies the customer, on the ground of this activation. */
    @ActivityMethod(name = "customer.mark-verified")
    void markVerified(StepKey key, String activationId);

    /** Takes this activation's ground away: a customer verified by no other is what it was before. */
    @ActivityMethod(name = "customer.restore")
    void restoreCustomer(StepKey key, String activationId);

    /** Activates the wallet, and completes the activation. */
    @ActivityMethod(name = "wallet.activate")
    WalletActivation activateWallet(StepKey key, String activationId);

    /** Ends the activation without an active wallet; writes it first if not even that had been done. */
    @ActivityMethod(name = "activation.end")
    void end(StepKey key, ActivationOrder order, ActivationEnding ending);
}
