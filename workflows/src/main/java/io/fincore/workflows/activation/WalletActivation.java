package io.fincore.workflows.activation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Whether a wallet could be activated. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "activation")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WalletActivation.Activated.class, name = "activated"),
    @JsonSubTypes.Type(value = WalletActivation.Refused.class, name = "refused")
})
public sealed interface WalletActivation {

    record Activated() implements WalletActivation {}

    /** @param detail why the ledger refuses, for people */
    record Refused(String detail) implements WalletActivation {}
}
