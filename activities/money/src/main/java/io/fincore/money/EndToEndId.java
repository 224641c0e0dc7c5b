package io.fincore.money;

import java.util.Locale;

/**
 * The end-to-end id under which a bank knows a payment or a refund (ISO 20022 {@code EndToEndId}, at most 35 characters, no
 * underscore in SWIFT's character set). It is our id in other letters: it can be told from the id and the id from it, so a callback
 * finds its workflow without a look-up, and it can never change.
 *
 * @param value {@code FC} for a payment or {@code FR} for a refund, and the 26 digits of its id in capitals
 */
public record EndToEndId(String value) {

    private static final String PAYMENT_PREFIX = "FC";
    private static final String REFUND_PREFIX = "FR";

    public EndToEndId {
        typeOf(value).require(toSubjectId(value));
        if (!value.equals(value.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not an end-to-end id of ours: it is written in capitals");
        }
    }

    public static EndToEndId ofPayment(String paymentId) {
        return new EndToEndId(PAYMENT_PREFIX + capitals(IdType.PAYMENT, paymentId));
    }

    public static EndToEndId ofRefund(String refundId) {
        return new EndToEndId(REFUND_PREFIX + capitals(IdType.REFUND, refundId));
    }

    /** Whether it names a refund; otherwise it names a payment. */
    public boolean isRefund() {
        return typeOf(value) == IdType.REFUND;
    }

    /** The id of the payment or of the refund. */
    public String subjectId() {
        return toSubjectId(value);
    }

    private static String capitals(IdType type, String id) {
        return type.require(id).substring(type.prefix().length() + 1).toUpperCase(Locale.ROOT);
    }

    private static String toSubjectId(String value) {
        String digits = value.substring(PAYMENT_PREFIX.length()).toLowerCase(Locale.ROOT);
        return typeOf(value).prefix() + "_" + digits;
    }

    private static IdType typeOf(String value) {
        if (value.startsWith(PAYMENT_PREFIX)) {
            return IdType.PAYMENT;
        }
        if (value.startsWith(REFUND_PREFIX)) {
            return IdType.REFUND;
        }
        throw new IllegalArgumentException("'" + value + "' is not an end-to-end id of ours: it begins with neither "
                + PAYMENT_PREFIX + " nor " + REFUND_PREFIX);
    }

    @Override
    public String toString() {
        return value;
    }
}
