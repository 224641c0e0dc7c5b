package io.fincore.workflows.payment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Whether the ledger keeps the money ready. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "result")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HoldResult.Held.class, name = "held"),
    @JsonSubTypes.Type(value = HoldResult.Refused.class, name = "refused")
})
public sealed interface HoldResult {

    /** @param holdId {@code hld_…} */
    record Held(String holdId) implements HoldResult {}

    /** @param code the payment's failure code: {@code insufficient_funds}, {@code wallet_not_active}, … */
    record Refused(String code, String detail) implements HoldResult {}
}
