package io.fincore.workflows.payment;

import io.fincore.workflows.bank.SendClaim;
import io.fincore.workflows.bank.SendGuard;
import org.jspecify.annotations.Nullable;

/** A payment's {@link SendGuard}: who asked for its cancellation, and how it ends if the bank is never asked. */
final class SendContest implements SendGuard {

    private static final CancellationRequest FORGOTTEN =
            new CancellationRequest("system", "cancelled by a request that this workflow has no record of");

    private final PaymentSteps steps;
    private @Nullable CancellationRequest request;
    private @Nullable Boolean cancelled;
    private @Nullable Ending withheld;
    private boolean bankWasAsked;

    SendContest(PaymentSteps steps) {
        this.steps = steps;
    }

    /** Asks for a cancellation; {@link #decide} decides it, where the saga can bear it. The first one counts. */
    void request(CancellationRequest cancellation) {
        if (request == null) {
            request = cancellation;
        }
    }

    @Override
    public boolean isUndecided() {
        return request != null && cancelled == null;
    }

    @Nullable
    CancellationRequest request() {
        return request;
    }

    @Override
    public void decide() {
        if (isUndecided()) {
            cancelled = claims(SendClaim.CANCEL, "");
        }
    }

    /** The compliance case was withdrawn or not. A request that came too late for it still competes with the call to the bank. */
    void decidedByCase(boolean withdrawn) {
        if (withdrawn) {
            cancelledElsewhere();
        }
    }

    /** Nothing can be cancelled any more. */
    void close() {
        bankWasAsked = true;
        if (cancelled == null) {
            cancelled = false;
        }
    }

    /** Whether the payment will end cancelled; only to be asked when {@link #isUndecided} no longer holds. */
    boolean isCancelled() {
        return Boolean.TRUE.equals(cancelled);
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
                case CANCEL -> Ending.cancelled(request == null ? FORGOTTEN : request);
                case DEADLINE -> Ending.failed("deadline_exceeded", detail);
                case FAULT -> Ending.internalError();
            };
            return true;
        }
        bankWasAsked = true;
        return false;
    }

    /**
     * Nobody here may know of the claim, for instance after a reset of the workflow to a point before a cancellation: that counts all
     * the same, as the claim stays for ever.
     */
    @Override
    public void foundClaimed() {
        cancelledElsewhere();
    }

    private void cancelledElsewhere() {
        if (withheld == null) {
            withheld = Ending.cancelled(request == null ? FORGOTTEN : request);
            cancelled = true;
        }
    }

    @Override
    public boolean isWithheld() {
        return withheld != null;
    }

    /** @throws IllegalStateException if the bank may still be asked */
    Ending ending() {
        if (withheld == null) {
            throw new IllegalStateException("nothing keeps the payment from the bank");
        }
        return withheld;
    }
}
