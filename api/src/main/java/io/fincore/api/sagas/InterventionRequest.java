package io.fincore.api.sagas;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.validation.PlainText;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.InterventionOrder;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants done, and why.
 *
 * @param resolution what the operator knows from outside the platform; with the action {@code resolve} only
 */
record InterventionRequest(
        @NotNull Action action,
        @NotNull @PlainText @Size(max = 500) String reason,
        @Nullable Resolution resolution) {

    enum Action {
        @JsonProperty("retry")
        RETRY,
        @JsonProperty("compensate")
        COMPENSATE,
        @JsonProperty("resolve")
        RESOLVE,
        @JsonProperty("force_inquiry")
        FORCE_INQUIRY
    }

    enum Resolution {
        @JsonProperty("executed")
        EXECUTED,
        @JsonProperty("not_executed")
        NOT_EXECUTED,
        @JsonProperty("approved")
        APPROVED,
        @JsonProperty("rejected")
        REJECTED
    }

    /** @throws ProblemException 400 if the resolution is missing, or out of place */
    void requireConsistent() {
        if (action == Action.RESOLVE && resolution == null) {
            throw refused("is required with the action 'resolve'");
        }
        if (action != Action.RESOLVE && resolution != null) {
            throw refused("belongs to the action 'resolve' only");
        }
    }

    InterventionOrder order(String interventionId, String actor) {
        return new InterventionOrder(
                interventionId,
                InterventionAction.valueOf(action.name()),
                resolution == null ? null : io.fincore.workflows.repair.Resolution.valueOf(resolution.name()),
                reason,
                actor);
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                "One field breaks a rule.",
                List.of(new FieldError("/resolution", detail)));
    }
}
