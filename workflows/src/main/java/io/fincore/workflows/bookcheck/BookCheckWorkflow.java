package io.fincore.workflows.bookcheck;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One check of the whole book. Started by the schedule {@link #SCHEDULE_ID}, under ids that the schedule makes, and by operators under
 * {@link #workflowId(String)}.
 */
@WorkflowInterface
public interface BookCheckWorkflow {

    String WORKFLOW_TYPE = "BookCheckWorkflow";

    /** Of the schedule, and what the workflow ids that it makes begin with. */
    String SCHEDULE_ID = "book-check";

    static String workflowId(String checkId) {
        return "book-check/" + checkId;
    }

    /** Returns when the report is in the database; fails when the check could not be made. */
    @WorkflowMethod(name = WORKFLOW_TYPE)
    BookCheckState run(BookCheckOrder order);

    /** Where the check stands, for operators; needs a live worker. */
    @QueryMethod
    BookCheckState state();
}
