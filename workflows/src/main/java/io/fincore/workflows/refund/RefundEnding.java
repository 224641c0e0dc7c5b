package io.fincore.workflows.refund;

import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankConversation;
import org.jspecify.annotations.Nullable;

/**
 * Why a refund failed; nothing has moved.
 *
 * @param code stable, for programs: {@code bank_rejected}
 * @param detail for people
 * @param answer the bank's refusal, null if it was not the bank that ended the refund
 */
public record RefundEnding(String code, String detail, BankAnswer.@Nullable Rejected answer) {

    static RefundEnding refusedByBank(BankAnswer.Rejected answer) {
        return answer.code().equals(BankConversation.OPERATOR)
                ? new RefundEnding("not_executed", "The bank has not returned the money.", answer)
                : new RefundEnding("bank_rejected", answer.code() + ": " + answer.detail(), answer);
    }

    /** What exactly went wrong stands in the saga's record, not in what clients read. */
    static RefundEnding internalError() {
        return new RefundEnding("internal_error", "The refund could not be made, through no fault of yours.", null);
    }
}
