package io.fincore.workflows.refund;

import io.fincore.workflows.bank.BankAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Why a refund failed; nothing has moved.
 *
 * @param code stable, for programs: {@code bank_rejected}
 * @param detail for people
 * @param answer the bank's refusal, null if it was not the bank that ended the refund
 */
public record RefundEnding(String code, String detail, BankAnswer.@Nullable Rejected answer) {}
