package io.fincore.workflows.activation;

import io.fincore.workflows.InternalSteps;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.repair.InterventionDesk;
import io.fincore.workflows.repair.Progress;
import java.time.Duration;

/**
 * The activation's steps inside our own database, one method each. They throw {@link io.temporal.failure.ActivityFailure} when they
 * fail for good, unless they say that they are not given up.
 */
final class ActivationSteps {

    private final ActivationOrder order;
    private final Progress progress;
    private final InterventionDesk desk;
    private final InternalSteps<AccountActivationActivities> activations =
            new InternalSteps<>(AccountActivationActivities.class);

    ActivationSteps(ActivationOrder order, Progress progress, InterventionDesk desk) {
        this.order = order;
        this.progress = progress;
        this.desk = desk;
    }

    void create(Duration within) {
        StepKey key = createKey();
        activations.runWithin(within, key.name(), a -> a.create(key, order));
        progress.note(key.name(), "ordered by `" + order.principal() + "`");
    }

    /** Not given up. */
    void markInReview(KycAnswer.Referred referred) {
        StepKey key = key(ActivationStep.VERIFY).besides("activation.mark-in-review");
        desk.runUntilDone(
                key,
                () -> activations.run(key.name(), a -> a.markInReview(key, order.activationId(), referred.reason())));
    }

    void approve(KycAnswer.Approved answer) {
        StepKey key = taking(ActivationStep.APPROVE);
        activations.run(key.name(), a -> a.approve(key, order.activationId(), answer));
        progress.note(key.name(), "`" + answer.reference() + "`");
    }

    /** Undoes {@link #approve}. */
    void revoke() {
        StepKey key = key(ActivationStep.APPROVE).undoneBy("kyc.revoke");
        activations.run(key.name(), a -> a.revoke(key, order.activationId()));
        progress.note(key.name(), "revoked");
    }

    void markVerified() {
        StepKey key = taking(ActivationStep.MARK_VERIFIED);
        activations.run(key.name(), a -> a.markVerified(key, order.activationId()));
        progress.note(key.name(), "verified");
    }

    /** Undoes {@link #markVerified}. */
    void restoreCustomer() {
        StepKey key = key(ActivationStep.MARK_VERIFIED).undoneBy("customer.restore");
        activations.run(key.name(), a -> a.restoreCustomer(key, order.activationId()));
        progress.note(key.name(), "as before");
    }

    WalletActivation activateWallet() {
        StepKey key = taking(ActivationStep.ACTIVATE);
        WalletActivation result = activations.take(key.name(), a -> a.activateWallet(key, order.activationId()));
        progress.note(
                key.name(),
                switch (result) {
                    case WalletActivation.Activated activated -> "active";
                    case WalletActivation.Refused refused -> "refused: " + refused.detail();
                });
        return result;
    }

    /** Undoes {@link #create}, in that the activation ends and stays on record. Not given up. */
    void end(ActivationEnding ending) {
        StepKey key = createKey().undoneBy("activation.mark-" + ending.status().code());
        desk.runUntilDone(key, () -> activations.run(key.name(), a -> a.end(key, order, ending)));
        progress.note(key.name(), ending.code());
    }

    private StepKey createKey() {
        return key(ActivationStep.VERIFY).besides("activation.create");
    }

    private StepKey taking(ActivationStep step) {
        progress.taking(key(step));
        return key(step);
    }

    private StepKey key(ActivationStep step) {
        return step.key(order.activationId());
    }
}
