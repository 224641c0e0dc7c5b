package io.fincore.workflows.bookcheck;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Reads the whole book, on a queue of its own. */
@ActivityInterface
public interface BookCheckActivities {

    /**
     * Checks the book and keeps the report; alerts if something is violated. Again for the same workflow: the report that there is, or
     * another try if there is none.
     */
    @ActivityMethod(name = "book.check")
    BookCheckState check(String workflowId, BookCheckOrder order);
}
