package io.fincore.workflows.activation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What is known of a customer's check at the KYC provider. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @JsonSubTypes.Type(value = KycAnswer.Approved.class, name = "approved"),
    @JsonSubTypes.Type(value = KycAnswer.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = KycAnswer.Referred.class, name = "referred"),
    @JsonSubTypes.Type(value = KycAnswer.Pending.class, name = "pending"),
    @JsonSubTypes.Type(value = KycAnswer.NotKnown.class, name = "not_known")
})
public sealed interface KycAnswer {

    /** Whether the check is over. */
    @JsonIgnore
    default boolean isFinal() {
        return this instanceof Approved || this instanceof Rejected;
    }

    /** @param reference the provider's name for the check, or the intervention of ours that decided it */
    record Approved(String reference) implements KycAnswer {}

    /**
     * @param reference as of {@link Approved}
     * @param reason for people
     */
    record Rejected(String reference, String reason) implements KycAnswer {}

    /** The provider cannot decide: our own people do. */
    record Referred(String reference, String reason) implements KycAnswer {}

    /** The provider decides later, and calls back. */
    record Pending(String reference) implements KycAnswer {}

    /** Answer to an inquiry only: the provider has no such check. It is asked for again. */
    record NotKnown() implements KycAnswer {}
}
