package io.fincore.api.bookchecks;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.Claim;
import io.fincore.api.orders.Orders;
import io.fincore.api.security.Caller;
import io.fincore.api.temporal.WorkflowStart;
import io.fincore.money.IdType;
import io.fincore.workflows.bookcheck.BookCheckOrder;
import io.fincore.workflows.bookcheck.BookCheckState;
import io.fincore.workflows.bookcheck.BookCheckWorkflow;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Checks of the book, as orders. */
@Component
class BookCheckOrders implements Orders<BookCheckDocument, StoredBookCheck, BookCheckState> {

    private final BookCheckReader checks;
    private final Answers answers;

    BookCheckOrders(BookCheckReader checks, Answers answers) {
        this.checks = checks;
        this.answers = answers;
    }

    @Override
    public IdType idType() {
        return IdType.BOOK_CHECK;
    }

    @Override
    public Class<BookCheckDocument> documentType() {
        return BookCheckDocument.class;
    }

    @Override
    public WorkflowStart<BookCheckState> workflow(Claim.Won claim, BookCheckDocument document) {
        return new WorkflowStart<>(
                BookCheckWorkflow.WORKFLOW_TYPE,
                BookCheckWorkflow.workflowId(claim.resourceId()),
                claim.resourceId(),
                new BookCheckOrder(claim.resourceId(), document.requestedBy(), document.anchors()),
                BookCheckState.class,
                "by an operator");
    }

    @Override
    public boolean isWritten(String id) {
        return checks.isWritten(id);
    }

    @Override
    public Optional<StoredBookCheck> find(Caller caller, String id) {
        return checks.find(id);
    }

    @Override
    public Answer answer(StoredBookCheck check) {
        return answers.json(HttpStatus.ACCEPTED, BookCheckController.PATH + "/" + check.id(), check.body());
    }
}
