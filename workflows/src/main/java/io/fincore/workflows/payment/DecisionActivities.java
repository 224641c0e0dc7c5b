package io.fincore.workflows.payment;

import io.fincore.workflows.StepKey;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Whether the payment may go. */
@ActivityInterface
public interface DecisionActivities {

    /** Reserves the velocity limits of the source too. */
    @ActivityMethod(name = "decision.evaluate")
    DecisionResult evaluate(StepKey key, String paymentId);

    /** Gives back what {@link #evaluate} reserved. */
    @ActivityMethod(name = "decision.release-limit")
    void releaseLimit(StepKey key, String paymentId);
}
