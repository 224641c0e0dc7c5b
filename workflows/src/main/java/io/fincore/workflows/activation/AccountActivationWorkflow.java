package io.fincore.workflows.activation;

import io.fincore.workflows.repair.Repairable;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One account activation from the order to its terminal status.
 *
 * <p>Started by Update-with-Start under {@link #workflowId(String)} with {@link #awaitAcceptance()}, conflict policy
 * USE_EXISTING, reuse policy REJECT_DUPLICATE.
 */
@WorkflowInterface
public interface AccountActivationWorkflow extends Repairable {

    String WORKFLOW_TYPE = "AccountActivationWorkflow";

    static String workflowId(String activationId) {
        return "activation/" + activationId;
    }

    /** Takes the steps of the saga; returns when the activation's terminal status is in the database. */
    @WorkflowMethod(name = WORKFLOW_TYPE)
    ActivationStatus run(ActivationOrder order);

    /** Waits until the activation is on record. */
    @UpdateMethod
    ActivationStatus awaitAcceptance();

    /** What the provider said by callback. Signals with an event id seen before are ignored. */
    @SignalMethod
    void kycReported(KycReport report);

    /** Where the activation stands, for operators; needs a live worker. */
    @QueryMethod
    ActivationState state();
}
