package io.fincore.workflows.payment;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client ordered, checked by the API.
 *
 * @param paymentId {@code pay_…}
 * @param customerId owner of the source wallet
 * @param source the wallet that pays, {@code wal_…}
 * @param amount more than zero
 * @param reference free text for the creditor, at most 140 characters
 * @param metadata the client's own data, kept and returned as it is
 * @param clientIp address the order came from, for the decision
 * @param correlationId the id that ties logs, workflow and bank messages together
 * @param deadline when a payment that the bank has not been asked for fails, and one whose outcome is unknown goes to an operator
 */
public record PaymentOrder(
        String paymentId,
        String tenant,
        String principal,
        String customerId,
        String source,
        Money amount,
        Creditor creditor,
        @Nullable String reference,
        Map<String, String> metadata,
        @Nullable String clientIp,
        String correlationId,
        Instant orderedAt,
        Instant deadline) {

    public PaymentOrder {
        IdType.PAYMENT.require(paymentId);
        IdType.WALLET.require(source);
        IdType.CUSTOMER.require(customerId);
        if (amount.isZero()) {
            throw new IllegalArgumentException("a payment's amount is more than zero");
        }
        metadata = Map.copyOf(metadata);
    }

    /**
     * Who is paid.
     *
     * @param iban without spaces, checked by the API
     */
    public record Creditor(
            String name, String iban, @Nullable String bic) {}
}
