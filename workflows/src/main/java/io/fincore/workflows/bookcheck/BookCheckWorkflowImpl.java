package io.fincore.workflows.bookcheck;

import io.fincore.workflows.ActivityPolicies;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;

/** One step: the check. */
public final class BookCheckWorkflowImpl implements BookCheckWorkflow {

    private final BookCheckActivities book =
            Workflow.newActivityStub(BookCheckActivities.class, ActivityPolicies.bookCheck("book.check"));
    private BookCheckState state;

    @WorkflowInit
    public BookCheckWorkflowImpl(BookCheckOrder order) {
        state = new BookCheckState(order.checkId(), BookCheckStatus.RUNNING, List.of());
    }

    @Override
    public BookCheckState run(BookCheckOrder order) {
        try {
            reached(book.check(Workflow.getInfo().getWorkflowId(), order));
            return state;
        } catch (ActivityFailure failure) {
            reached(new BookCheckState(order.checkId(), BookCheckStatus.FAILED, List.of()));
            throw failure;
        }
    }

    private void reached(BookCheckState now) {
        state = now;
        Workflow.setCurrentDetails("Check of the book — **" + now.status().code() + "**"
                + (now.violated().isEmpty() ? "" : ": `" + String.join("`, `", now.violated()) + "`"));
    }

    @Override
    public BookCheckState state() {
        return state;
    }
}
