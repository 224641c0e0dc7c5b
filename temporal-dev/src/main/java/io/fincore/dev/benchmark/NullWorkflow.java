package io.fincore.dev.benchmark;

import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The shape of a payment without its content: what Temporal itself costs. */
@WorkflowInterface
public interface NullWorkflow {

    @WorkflowMethod
    String run(String id);

    /** Answers after as many local activities as a payment takes before its acceptance. */
    @UpdateMethod
    String awaitAcceptance();
}
