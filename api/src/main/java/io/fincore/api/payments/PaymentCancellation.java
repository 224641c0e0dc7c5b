package io.fincore.api.payments;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.security.Caller;
import io.fincore.api.temporal.UpdateCalls;
import io.fincore.api.temporal.UpdateOutcome;
import io.fincore.workflows.payment.CancellationOutcome;
import io.fincore.workflows.payment.CancellationRequest;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Asks the payment's workflow to cancel: it alone knows whether the bank has been asked. */
@Component
class PaymentCancellation {

    private final UpdateCalls updates;
    private final PaymentReader payments;
    private final Answers answers;

    PaymentCancellation(UpdateCalls updates, PaymentReader payments, Answers answers) {
        this.updates = updates;
        this.payments = payments;
        this.answers = answers;
    }

    /** @param updateId a repetition with the same id gets the first outcome */
    Answer cancel(Caller caller, String paymentId, String reason, String updateId) {
        StoredPayment payment = find(caller, paymentId);
        if (payment.status().isTerminal()) {
            return ended(payment);
        }
        return switch (updates.update(
                PaymentWorkflow.workflowId(paymentId),
                "cancel",
                updateId,
                CancellationOutcome.class,
                new CancellationRequest(caller.principal(), reason))) {
            case UpdateOutcome.Done<CancellationOutcome> done -> {
                if (!done.result().accepted()) {
                    throw refused(done.result().status());
                }
                yield accepted(find(caller, paymentId));
            }
            case UpdateOutcome.Refused<CancellationOutcome> refused ->
                throw refused(find(caller, paymentId).status());
            case UpdateOutcome.WorkflowGone<CancellationOutcome> gone -> ended(find(caller, paymentId));
        };
    }

    /** What was asked for is the case already, or can no longer be. */
    private Answer ended(StoredPayment payment) {
        if (payment.status() != PaymentStatus.CANCELLED) {
            throw refused(payment.status());
        }
        return accepted(payment);
    }

    private Answer accepted(StoredPayment payment) {
        return answers.json(HttpStatus.ACCEPTED, PaymentController.PATH + "/" + payment.id(), payment.body());
    }

    private StoredPayment find(Caller caller, String paymentId) {
        return payments.find(caller, paymentId).orElseThrow(PaymentController::notFound);
    }

    private static ProblemException refused(PaymentStatus status) {
        return PaymentStates.cannotBe("cancelled", status);
    }
}
