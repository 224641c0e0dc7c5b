package io.fincore.workflows.activation;

import io.fincore.workflows.StepKey;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Calls to the KYC provider, on a queue of their own. Repeated until the provider answers: it checks once per activation. */
@ActivityInterface
public interface KycActivities {

    @ActivityMethod(name = "kyc.verify")
    KycAnswer verify(StepKey key, String activationId);

    @ActivityMethod(name = "kyc.inquire")
    KycAnswer inquire(StepKey key, String activationId);
}
