package io.fincore.workflows.payment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What the decision engine said. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DecisionResult.Approved.class, name = "approved"),
    @JsonSubTypes.Type(value = DecisionResult.Declined.class, name = "declined"),
    @JsonSubTypes.Type(value = DecisionResult.Review.class, name = "review")
})
public sealed interface DecisionResult {

    record Approved() implements DecisionResult {}

    record Declined(List<Reason> reasons) implements DecisionResult {

        public Declined {
            reasons = List.copyOf(reasons);
        }
    }

    record Review(List<Reason> reasons) implements DecisionResult {

        public Review {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Why.
     *
     * @param code stable, for programs: {@code amount_limit}
     */
    record Reason(String code, String detail) {}
}
