package io.fincore.api.payments;

import io.fincore.money.EndToEndId;
import io.fincore.money.Money;
import io.fincore.workflows.payment.PaymentOrder;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A checked order. A client's address is that of its first attempt. */
record PaymentDocument(
        String customerId,
        String source,
        long amount,
        String currency,
        String creditorName,
        String creditorIban,
        @Nullable String creditorBic,
        @Nullable String reference,
        Map<String, String> metadata,
        @Nullable String clientIp) {

    static PaymentDocument of(PaymentRequest request, String customerId, @Nullable String clientIp) {
        return new PaymentDocument(
                customerId,
                request.source(),
                request.amount(),
                request.currency(),
                request.creditor().name(),
                request.creditor().iban(),
                request.creditor().bic(),
                request.reference(),
                request.metadata() == null ? Map.of() : request.metadata(),
                clientIp);
    }

    Money money() {
        return Money.of(amount, currency);
    }

    PaymentOrder.Creditor creditor() {
        return new PaymentOrder.Creditor(creditorName, creditorIban, creditorBic);
    }

    PaymentBody pending(String paymentId, Instant claimedAt) {
        return new PaymentBody(
                paymentId,
                "payment",
                "pending",
                source,
                customerId,
                amount,
                currency,
                0,
                new PaymentBody.Creditor(creditorName, creditorIban, creditorBic),
                reference,
                EndToEndId.ofPayment(paymentId).value(),
                null,
                null,
                null,
                metadata,
                claimedAt,
                claimedAt);
    }

    /** One line for Temporal's Web UI; names and account numbers of people stay out of it. */
    String summary() {
        return reference == null ? money().toString() : money() + " · " + reference;
    }
}
