package io.fincore.api.payments;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.workflows.payment.PaymentStatus;

/** Names the state of a payment as the reason why something cannot be done to it. */
final class PaymentStates {

    private PaymentStates() {}

    /** @param what cannot be done, such as {@code cancelled} */
    static ProblemException cannotBe(String what, PaymentStatus status) {
        return new ProblemException(
                switch (status) {
                    case PENDING -> ProblemType.PAYMENT_PENDING;
                    case IN_REVIEW -> ProblemType.PAYMENT_IN_REVIEW;
                    case PROCESSING -> ProblemType.PAYMENT_PROCESSING;
                    case REQUIRES_MANUAL_INTERVENTION -> ProblemType.PAYMENT_REQUIRES_MANUAL_INTERVENTION;
                    case COMPLETED -> ProblemType.PAYMENT_COMPLETED;
                    case REJECTED -> ProblemType.PAYMENT_REJECTED;
                    case FAILED -> ProblemType.PAYMENT_FAILED;
                    case CANCELLED -> ProblemType.PAYMENT_CANCELLED;
                    case PARTIALLY_REFUNDED -> ProblemType.PAYMENT_PARTIALLY_REFUNDED;
                    case REFUNDED -> ProblemType.PAYMENT_REFUNDED;
                },
                "The payment is " + status.code() + " and cannot be " + what + ".");
    }
}
