package io.fincore.money;

import java.util.Locale;

/**
 * The end-to-end id under which a bank knows a payment (ISO 20022 {@code EndToEndId}, at most 35 characters, no underscore in
 * SWIFT's character set). It is the payment's id in other letters: it can be told from the id and the id from it, so a callback
 * finds its workflow without a look-up, and it can never change.
 *
 * @param value {@code FC} and the 26 digits of the payment's id in capitals
 */
public record EndToEndId(String value) {

    private static final String PREFIX = "FC";

    public EndToEndId {
        IdType.PAYMENT.require(toPaymentId(value));
        if (!value.equals(value.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not an end-to-end id of ours: it is written in capitals");
        }
    }

    public static EndToEndId ofPayment(String paymentId) {
        String digits = IdType.PAYMENT
                .require(paymentId)
                .substring(IdType.PAYMENT.prefix().length() + 1);
        return new EndToEndId(PREFIX + digits.toUpperCase(Locale.ROOT));
    }

    public String paymentId() {
        return toPaymentId(value);
    }

    private static String toPaymentId(String value) {
        if (!value.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not an end-to-end id of ours: it does not begin with " + PREFIX);
        }
        return IdType.PAYMENT.prefix() + "_" + value.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
