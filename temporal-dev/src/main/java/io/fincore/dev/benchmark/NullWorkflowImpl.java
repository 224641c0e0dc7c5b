package io.fincore.dev.benchmark;

import io.fincore.workflows.ActivityPolicies;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** Four local activities, the answer, one regular activity on another queue, two local ones: a payment that settles at once. */
public final class NullWorkflowImpl implements NullWorkflow {

    private static final int STEPS_BEFORE_ACCEPTANCE = 4;
    private static final int STEPS_AFTER_THE_BANK = 2;
    private static final String SUMMARY = "nothing";

    private final String id;
    private boolean accepted;

    @WorkflowInit
    public NullWorkflowImpl(String id) {
        this.id = id;
    }

    @Override
    public String run(String sameId) {
        takeSteps(STEPS_BEFORE_ACCEPTANCE);
        accepted = true;
        Workflow.newActivityStub(
                        NullActivities.class,
                        ActivityOptions.newBuilder(ActivityPolicies.bank(SUMMARY))
                                .setTaskQueue(NullWorker.BANK_QUEUE)
                                .build())
                .step(id);
        takeSteps(STEPS_AFTER_THE_BANK);
        Workflow.await(Workflow::isEveryHandlerFinished);
        return id;
    }

    private void takeSteps(int count) {
        NullActivities local = Workflow.newLocalActivityStub(NullActivities.class, ActivityPolicies.local(SUMMARY));
        for (int i = 0; i < count; i++) {
            local.step(id);
        }
    }

    @Override
    public String awaitAcceptance() {
        Workflow.await(() -> accepted);
        return id;
    }
}
