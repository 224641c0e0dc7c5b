package io.fincore.workflows.repair;

import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.StepKey;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What all sagas record about the people who repair them. */
@ActivityInterface
public interface SagaActivities {

    /**
     * Calls an operator: the saga, and the object it is about, show that they wait for a person, and an event with the runbook goes out.
     * Called again for the same reason, it changes nothing.
     *
     * @param step what failed or is not known; it may belong to another saga than the one that waits
     * @param subjectId what the saga is about, {@code pay_…}, {@code ref_…}, {@code case_…} or {@code act_…}
     */
    @ActivityMethod(name = "saga.require-manual-intervention")
    void requireManualIntervention(
            StepKey step, SagaKind kind, String subjectId, InterventionCause cause, String detail);

    /**
     * The saga goes on without a person: it, and the object it is about, show again what they showed before. Nothing changes if they show
     * something else by now.
     *
     * @param status the saga's before it waited
     */
    @ActivityMethod(name = "saga.go-on")
    void goOn(SagaKind kind, String subjectId, SagaStatus status);

    /** Records what was ordered, before the saga acts on it. */
    @ActivityMethod(name = "saga.record-intervention")
    void recordIntervention(String workflowId, InterventionOrder order, InterventionStatus status, SagaStand before);

    /** Records a second person's consent. */
    @ActivityMethod(name = "saga.approve-intervention")
    void approveIntervention(InterventionApproval approval);

    /** Records where the saga got by it. */
    @ActivityMethod(name = "saga.conclude-intervention")
    void concludeIntervention(String interventionId, SagaStand after);
}
