package io.fincore.workflows.payment;

import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankConversation;
import org.jspecify.annotations.Nullable;

/**
 * How and why a payment ended without money moved.
 *
 * @param status rejected, failed or cancelled
 * @param code stable, for programs: {@code insufficient_funds}
 * @param detail for people
 * @param actor who decided it: {@code system}, or a principal
 * @param answer the bank's refusal, null if it was not the bank that ended the payment
 */
public record Ending(
        PaymentStatus status, String code, String detail, String actor, BankAnswer.@Nullable Rejected answer) {

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
        return new Ending(PaymentStatus.FAILED, code, detail, SYSTEM, null);
    }

    static Ending rejected(String code, String detail) {
        return new Ending(PaymentStatus.REJECTED, code, detail, SYSTEM, null);
    }

    static Ending refusedByBank(BankAnswer.Rejected answer) {
        boolean saidByOperator = answer.code().equals(BankConversation.OPERATOR);
        return saidByOperator
                ? new Ending(
                        PaymentStatus.FAILED,
                        "not_executed",
                        "The bank has not carried the payment out.",
                        SYSTEM,
                        answer)
                : new Ending(
                        PaymentStatus.FAILED, "bank_rejected", answer.code() + ": " + answer.detail(), SYSTEM, answer);
    }

    /** What exactly went wrong stands in the saga's record, not in what clients read. */
    static Ending internalError() {
        return failed("internal_error", "The payment could not be prepared, through no fault of yours.");
    }

    static Ending cancelled(CancellationRequest request) {
        return new Ending(PaymentStatus.CANCELLED, "cancelled", request.reason(), request.actor(), null);
    }
}
