package io.fincore.workflows.payment;

import java.util.List;
import java.util.stream.Collectors;

/** Outcomes in words, for the timeline that operators read. */
final class Words {

    private Words() {}

    static String of(DecisionResult result) {
        return switch (result) {
            case DecisionResult.Approved approved -> "approved";
            case DecisionResult.Declined declined -> "declined: " + of(declined.reasons());
            case DecisionResult.Review review -> "to be reviewed: " + of(review.reasons());
        };
    }

    static String of(HoldResult result) {
        return switch (result) {
            case HoldResult.Held held -> "held as `" + held.holdId() + "`";
            case HoldResult.Refused refused -> "refused: " + refused.detail();
        };
    }

    private static String of(List<DecisionResult.Reason> reasons) {
        return reasons.stream().map(DecisionResult.Reason::detail).collect(Collectors.joining("; "));
    }
}
