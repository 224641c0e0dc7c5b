package io.fincore.decision;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a payment when it is decided.
 *
 * @param source the wallet that pays; the velocity limits count per source
 * @param creditorName as the client wrote it
 * @param creditorIban in electronic form: capitals and digits, no spaces. Its check digits are not checked here
 * @param clientIp where the request came from; null if no client sent it
 * @param at when the payment was asked for: the same at every attempt, so that an attempt repeated later falls into
 *     the same window
 */
public record PaymentFacts(
        String paymentId,
        String tenant,
        String principal,
        String customerId,
        String source,
        Money amount,
        String creditorName,
        String creditorIban,
        @Nullable String clientIp,
        Instant at) {

    /** ISO 13616: country, check digits, and up to 30 characters of the country's own form. */
    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}");

    public PaymentFacts {
        IdType.PAYMENT.require(paymentId);
        requireText("tenant", tenant);
        requireText("principal", principal);
        requireText("customerId", customerId);
        requireText("source", source);
        requireText("creditorName", creditorName);
        if (!IBAN.matcher(creditorIban).matches()) {
            throw new IllegalArgumentException("the creditor's IBAN is not in electronic form");
        }
        if (clientIp != null) {
            requireText("clientIp", clientIp);
        }
    }

    /** ISO 3166-1 alpha-2. */
    String creditorCountry() {
        return creditorIban.substring(0, 2);
    }

    private static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is blank");
        }
    }
}
