package io.fincore.workflows.refund;

import io.fincore.workflows.bank.SendClaim;
import io.fincore.workflows.bank.SendGuard;
import org.jspecify.annotations.Nullable;

/** A refund's {@link SendGuard}: no client cancels it, but an operator may do so in Temporal. */
final class RefundGuard implements SendGuard {

    private final RefundSteps steps;
    private boolean cancelling;
    private boolean bankWasAsked;
    private @Nullable RefundEnding withheld;

    RefundGuard(RefundSteps steps) {
        this.steps = steps;
    }

    /** Somebody has cancelled the workflow. */
    void cancel() {
        cancelling = true;
    }

    @Override
    public boolean isUndecided() {
        return cancelling && !bankWasAsked && withheld == null;
    }

    @Override
    public void decide() {
        if (isUndecided()) {
            claims(SendClaim.CANCEL, "The refund was cancelled in Temporal.");
        }
    }

    @Override
    public boolean isWithheld() {
        return withheld != null;
    }

    @Override
    public boolean claims(SendClaim claim, String detail) {
        if (withheld != null) {
            return true;
        }
        if (bankWasAsked) {
            return false;
        }
        if (steps.claim(claim)) {
            withheld = switch (claim) {
                case CANCEL -> new RefundEnding("cancelled", detail, null);
                case DEADLINE -> new RefundEnding("deadline_exceeded", detail, null);
                case FAULT -> RefundEnding.internalError();
            };
            return true;
        }
        bankWasAsked = true;
        return false;
    }

    @Override
    public void foundClaimed() {
        if (withheld == null) {
            withheld = new RefundEnding("cancelled", "The refund was claimed before the bank was asked.", null);
        }
    }

    /** @throws IllegalStateException if the bank may still be asked */
    RefundEnding ending() {
        if (withheld == null) {
            throw new IllegalStateException("nothing keeps the refund from the bank");
        }
        return withheld;
    }
}
