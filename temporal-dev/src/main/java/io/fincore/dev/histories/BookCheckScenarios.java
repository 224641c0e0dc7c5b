package io.fincore.dev.histories;

import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.stack.StackException;
import io.fincore.money.IdType;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.bookcheck.BookCheckOrder;
import io.fincore.workflows.bookcheck.BookCheckState;
import io.fincore.workflows.bookcheck.BookCheckStatus;
import io.fincore.workflows.bookcheck.BookCheckWorkflow;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks of the book: one that was made, and one that could not be. */
final class BookCheckScenarios {

    private final TemporalPayments payments;
    private final Map<String, String> workflows = new LinkedHashMap<>();

    BookCheckScenarios(TemporalPayments payments) {
        this.payments = payments;
    }

    /** @return the workflows by the name of their path */
    Map<String, String> play() {
        BookCheckStatus status =
                start("sound", List.of()).getResult(BookCheckState.class).status();
        if (status != BookCheckStatus.SOUND) {
            throw new StackException("The book is " + status + " and not sound.");
        }
        WorkflowStub failing = start("failed", List.of("no anchor"));
        try {
            failing.getResult(BookCheckState.class);
            throw new StackException("The book was checked against something that is no anchor.");
        } catch (WorkflowFailedException expected) {
            return Map.copyOf(workflows);
        }
    }

    private WorkflowStub start(String path, List<String> anchors) {
        String id = IdType.BOOK_CHECK.next();
        String workflowId = BookCheckWorkflow.workflowId(id);
        workflows.put("book-check-" + path, workflowId);
        WorkflowStub check = payments.client()
                .newUntypedWorkflowStub(
                        BookCheckWorkflow.WORKFLOW_TYPE,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(workflowId)
                                .setTaskQueue(TaskQueues.PAYMENTS)
                                .setStaticSummary("by oscar")
                                .build());
        check.start(new BookCheckOrder(id, "oscar", anchors));
        return check;
    }
}
