package io.fincore.workflows.payment;

import org.jspecify.annotations.Nullable;

/**
 * Cancellation, deadline and faults compete with the call to the bank: whoever claims the payment first in the database has won,
 * for ever.
 */
final class SendContest {

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

    /** Asks for a cancellation; {@link #cancelIfRequested} decides it, where the saga can bear it. The first one counts. */
    void request(CancellationRequest cancellation) {
        if (request == null) {
            request = cancellation;
        }
    }

    /** Whether a cancellation waits for its answer. */
    boolean isRequested() {
        return request != null && cancelled == null;
    }

    @Nullable
    CancellationRequest request() {
        return request;
    }

    /** Decides a cancellation that was asked for. */
    void cancelIfRequested() {
        if (isRequested() && request != null) {
            cancelled = claimed(SendClaim.CANCEL, Ending.cancelled(request));
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

    /** Whether the payment will end cancelled; only to be asked when {@link #isRequested} no longer holds. */
    boolean isCancelled() {
        return Boolean.TRUE.equals(cancelled);
    }

    /** Returns whether the bank is never asked because of this. */
    boolean claimed(SendClaim claim, Ending ending) {
        if (withheld != null) {
            return true;
        }
        if (bankWasAsked) {
            return false;
        }
        if (steps.claim(claim)) {
            withheld = ending;
            return true;
        }
        bankWasAsked = true;
        return false;
    }

    /**
     * The call to the bank found the payment claimed. Nobody here may know of it, for instance after a reset of the workflow to a point
     * before a cancellation: that counts all the same, as the claim stays for ever.
     */
    void foundClaimed() {
        cancelledElsewhere();
    }

    private void cancelledElsewhere() {
        if (withheld == null) {
            withheld = Ending.cancelled(request == null ? FORGOTTEN : request);
            cancelled = true;
        }
    }

    /** Why the bank is never asked; null as long as it may be. */
    @Nullable
    Ending withheld() {
        return withheld;
    }

    /** @throws IllegalStateException if the bank may still be asked */
    Ending endingWithheld() {
        if (withheld == null) {
            throw new IllegalStateException("nothing keeps the payment from the bank");
        }
        return withheld;
    }
}
