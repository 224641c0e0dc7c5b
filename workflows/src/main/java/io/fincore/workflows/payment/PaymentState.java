package io.fincore.workflows.payment;

import org.jspecify.annotations.Nullable;

/**
 * A live workflow's own view of its payment.
 *
 * @param step name of the step that is being taken, such as {@code bank.send}
 * @param caseId the open or closed compliance case, if there is one
 * @param waitingFor in words, what has to happen next
 */
public record PaymentState(
        String paymentId,
        PaymentStatus status,
        String step,
        @Nullable String caseId,
        String waitingFor) {}
