package io.fincore.workflows.repair;

import io.temporal.workflow.UpdateMethod;

/**
 * What every saga takes from operators. A refused intervention changes nothing and fails with an ApplicationFailure of type {@code
 * INTERVENTION_NOT_POSSIBLE} (its message names what is possible now), {@code INTERVENTION_UNKNOWN} or {@code
 * INTERVENTION_NEEDS_ANOTHER_PERSON}.
 */
public interface Repairable {

    /** Orders an intervention. Answers when it is recorded; what comes of it is seen in the saga. */
    @UpdateMethod
    InterventionStatus intervene(InterventionOrder order);

    /** Consents to an intervention that needs a second person. */
    @UpdateMethod
    InterventionStatus approveIntervention(InterventionApproval approval);
}
