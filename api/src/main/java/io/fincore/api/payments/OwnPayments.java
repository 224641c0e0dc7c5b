package io.fincore.api.payments;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.security.Caller;
import io.fincore.money.Money;
import org.springframework.stereotype.Component;

/** The payments of a caller, for those who do something with them; those of others do not exist for them. */
@Component
public class OwnPayments {

    private final PaymentReader payments;

    OwnPayments(PaymentReader payments) {
        this.payments = payments;
    }

    /** @throws ProblemException 404 */
    public void require(Caller caller, String paymentId) {
        stored(caller, paymentId);
    }

    /**
     * What can still be refunded of a payment, as far as it shows: refunds under way may take it first.
     *
     * @throws ProblemException 404 unknown or foreign, 409 not completed or refunded in full
     */
    public Money requireRefundable(Caller caller, String paymentId) {
        StoredPayment payment = stored(caller, paymentId);
        return switch (payment.status()) {
            case COMPLETED, PARTIALLY_REFUNDED ->
                Money.of(
                        payment.body().amount() - payment.body().refundedAmount(),
                        payment.body().currency());
            case PENDING, IN_REVIEW, PROCESSING, REQUIRES_MANUAL_INTERVENTION, REJECTED, FAILED, CANCELLED, REFUNDED ->
                throw PaymentStates.cannotBe("refunded", payment.status());
        };
    }

    private StoredPayment stored(Caller caller, String paymentId) {
        return payments.find(caller, paymentId).orElseThrow(PaymentController::notFound);
    }
}
