package io.fincore.workflows.bank;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What is known of an order at the bank: a credit transfer, or the return of one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BankAnswer.Settled.class, name = "settled"),
    @JsonSubTypes.Type(value = BankAnswer.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = BankAnswer.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = BankAnswer.Unknown.class, name = "unknown"),
    @JsonSubTypes.Type(value = BankAnswer.NotKnown.class, name = "not_known"),
    @JsonSubTypes.Type(value = BankAnswer.NeverSent.class, name = "never_sent")
})
public sealed interface BankAnswer {

    /** Whether the bank will say nothing else about this transfer. */
    @JsonIgnore
    default boolean isFinal() {
        return this instanceof Settled || this instanceof Rejected;
    }

    /** The creditor's bank has the money (ISO 20022 ACSC, ACCC); final. */
    record Settled(String bankReference) implements BankAnswer {}

    /** Technically accepted (ACTC, ACCP, ACSP, PDNG); may still be rejected. */
    record Accepted(String bankReference) implements BankAnswer {}

    /**
     * Refused (RJCT); final, no money moved.
     *
     * @param code ISO 20022 external status reason, such as AC04
     */
    record Rejected(String code, String detail) implements BankAnswer {}

    /** The order may have been executed or not: only an inquiry tells. */
    record Unknown(String detail) implements BankAnswer {}

    /** Answer to an inquiry only: the bank has no such transfer (it may still be on its way). */
    record NotKnown() implements BankAnswer {}

    /** Nothing was sent, because the payment was cancelled before. */
    record NeverSent() implements BankAnswer {}
}
