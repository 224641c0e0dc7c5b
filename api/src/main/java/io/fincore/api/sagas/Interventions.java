package io.fincore.api.sagas;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.api.temporal.UpdateCalls;
import io.fincore.api.temporal.UpdateOutcome;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionStatus;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Hands what operators order to the saga's workflow: it alone knows what is possible now. */
@Component
class Interventions {

    private final UpdateCalls updates;
    private final SagaReader sagas;

    Interventions(UpdateCalls updates, SagaReader sagas) {
        this.updates = updates;
        this.sagas = sagas;
    }

    /** @throws ProblemException 409 if the saga does not take this order now */
    void order(Caller caller, StoredSaga saga, InterventionRequest request, String interventionId) {
        update(
                saga,
                "intervene",
                interventionId,
                request.order(interventionId, caller.principal()),
                // The answer to an earlier attempt was lost.
                () -> sagas.intervention(caller, saga, interventionId).isPresent());
    }

    /**
     * Whoever has approved it finds it approved.
     *
     * @throws ProblemException 403 by whoever asked for it, 409 if it does not wait for consent or is not possible now
     */
    void approve(Caller caller, StoredSaga saga, String interventionId, String updateId) {
        update(
                saga,
                "approveIntervention",
                updateId,
                new InterventionApproval(interventionId, caller.principal()),
                () -> sagas.intervention(caller, saga, interventionId)
                        .filter(one -> caller.principal().equals(one.approvedBy()))
                        .isPresent());
    }

    /** @param isDone whether the saga's record shows that this was done, though its workflow does not take it now */
    private void update(StoredSaga saga, String name, String updateId, Object argument, BooleanSupplier isDone) {
        switch (updates.update(saga.workflowId(), name, updateId, InterventionStatus.class, argument)) {
            case UpdateOutcome.Done<InterventionStatus> done -> {}
            case UpdateOutcome.Refused<InterventionStatus> refused -> {
                if (!isDone.getAsBoolean()) {
                    throw refused(refused);
                }
            }
            case UpdateOutcome.WorkflowGone<InterventionStatus> gone -> {
                if (!isDone.getAsBoolean()) {
                    throw notPossible("the saga has ended: nothing is possible any more");
                }
            }
        }
    }

    private static ProblemException refused(UpdateOutcome.Refused<InterventionStatus> refused) {
        return switch (refused.failureType()) {
            // The approvals' address names an intervention that exists, so this one only does not wait any more.
            case "INTERVENTION_NOT_POSSIBLE", "INTERVENTION_UNKNOWN" -> notPossible(refused.message());
            case "INTERVENTION_NEEDS_ANOTHER_PERSON" ->
                new ProblemException(
                        ProblemType.INTERVENTION_NEEDS_ANOTHER_PERSON,
                        "You asked for this intervention: someone else has to approve it.");
            default -> throw new IllegalStateException("the saga refused: " + refused);
        };
    }

    private static ProblemException notPossible(String detail) {
        return new ProblemException(ProblemType.INTERVENTION_NOT_POSSIBLE, detail);
    }
}
