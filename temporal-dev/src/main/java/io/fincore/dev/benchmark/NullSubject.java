package io.fincore.dev.benchmark;

import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateStage;
import java.util.UUID;

/** The null workflow, started as payments are. */
record NullSubject(WorkflowClient client) implements Subject {

    @Override
    public String name() {
        return "null workflow";
    }

    @Override
    public String make(int number) {
        String id = "null/" + UUID.randomUUID();
        NullWorkflow workflow = client.newWorkflowStub(
                NullWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(id)
                        .setTaskQueue(NullWorker.QUEUE)
                        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                        .setStaticSummary("nothing")
                        .build());
        return WorkflowClient.executeUpdateWithStart(
                workflow::awaitAcceptance,
                UpdateOptions.<String>newBuilder()
                        .setUpdateId(id)
                        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                        .build(),
                new WithStartWorkflowOperation<>(workflow::run, id));
    }
}
