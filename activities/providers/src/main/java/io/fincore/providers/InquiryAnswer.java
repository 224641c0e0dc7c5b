package io.fincore.providers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an inquiry about a credit transfer ended. */
public sealed interface InquiryAnswer permits BankStatus, InquiryAnswer.NotKnown, InquiryAnswer.Unavailable {

    /**
     * The bank has not seen the transfer, so far: one that was sent a moment ago may still be under way. Only a second such answer,
     * later than the read timeout, allows to send again.
     */
    record NotKnown() implements InquiryAnswer {}

    /**
     * The bank could not be asked or gave no answer that can be understood; nothing is known about the transfer.
     *
     * @param detail for operators; holds no personal data
     * @param retryAfter how long the bank or the circuit breaker asks to wait; null if neither says. At most one hour.
     */
    record Unavailable(String detail, @Nullable Duration retryAfter) implements InquiryAnswer {}
}
