package io.fincore.workflows.activation;

/**
 * How an activation ended without an active wallet.
 *
 * @param status rejected or failed
 * @param code stable, for programs: {@code kyc_rejected}
 * @param detail for people
 */
public record ActivationEnding(ActivationStatus status, String code, String detail) {

    public ActivationEnding {
        switch (status) {
            case REJECTED, FAILED -> {}
            case PENDING, IN_REVIEW, REQUIRES_MANUAL_INTERVENTION, COMPLETED ->
                throw new IllegalArgumentException(status + " is not an ending without an active wallet");
        }
    }

    static ActivationEnding rejected(String detail) {
        return new ActivationEnding(ActivationStatus.REJECTED, "kyc_rejected", detail);
    }

    static ActivationEnding failed(String code, String detail) {
        return new ActivationEnding(ActivationStatus.FAILED, code, detail);
    }

    /** What exactly went wrong stands in the saga's record, not in what clients read. */
    static ActivationEnding internalError() {
        return failed("internal_error", "The wallet could not be activated, through no fault of yours.");
    }
}
