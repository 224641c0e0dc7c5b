package io.fincore.workflows.refund;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.fincore.money.Money;

/** Whether a part of the payment could be set aside for the refund. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reservation")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RefundReservation.Reserved.class, name = "reserved"),
    @JsonSubTypes.Type(value = RefundReservation.Refused.class, name = "refused")
})
public sealed interface RefundReservation {

    /** No other refund can have this amount. */
    record Reserved(Money amount) implements RefundReservation {}

    /**
     * Nothing was created.
     *
     * @param code {@code refund_exceeds_remainder} or {@code payment_not_refundable}
     * @param detail for people
     */
    record Refused(String code, String detail) implements RefundReservation {}
}
