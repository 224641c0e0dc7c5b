package io.fincore.api.sagas;

import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.InterventionCause;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A saga's row, without its steps. */
record StoredSaga(
        String id,
        String workflowId,
        String type,
        SagaStatus status,
        @Nullable InterventionCause cause,
        @Nullable String causeDetail,
        String correlationId,
        int currentStep,
        int totalSteps,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant endedAt) {

    boolean isEnded() {
        return status == SagaStatus.SUCCEEDED || status == SagaStatus.FAILED;
    }

    boolean takes(InterventionAction action) {
        return possible().contains(action);
    }

    List<String> possibleActions() {
        return possible().stream().map(InterventionAction::code).sorted().toList();
    }

    @Nullable
    String runbook() {
        return cause == null ? null : "docs/operating/runbooks/" + cause.runbook();
    }

    private Set<InterventionAction> possible() {
        return cause == null ? Set.of() : cause.possible();
    }
}
