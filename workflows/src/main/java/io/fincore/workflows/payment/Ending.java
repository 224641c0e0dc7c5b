package io.fincore.workflows.payment;

/**
 * How and why a payment ended without money moved.
 *
 * @param status rejected, failed or cancelled
 * @param code stable, for programs: {@code insufficient_funds}
 * @param detail for people
 * @param actor who decided it: {@code system}, or a principal
 */
public record Ending(PaymentStatus status, String code, String detail, String actor) {

    private static final String SYSTEM = "system";

    public Ending {
        switch (status) {
            case REJECTED, FAILED, CANCELLED -> {}
            case PENDING,
                    IN_REVIEW,
                    PROCESSING,
                    REQUIRES_MANUAL_INTERVENTION,
                    COMPLETED,
                    PARTIALLY_REFUNDED,
                    REFUNDED -> throw new IllegalArgumentException(status + " is not an ending without money moved");
        }
    }

    static Ending failed(String code, String detail) {
        return new Ending(PaymentStatus.FAILED, code, detail, SYSTEM);
    }

    static Ending rejected(String code, String detail) {
        return new Ending(PaymentStatus.REJECTED, code, detail, SYSTEM);
    }

    static Ending cancelled(CancellationRequest request) {
        return new Ending(PaymentStatus.CANCELLED, "cancelled", request.reason(), request.actor());
    }
}
