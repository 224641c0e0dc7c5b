package io.fincore.api.erasures;

import io.fincore.api.customers.OwnCustomers;
import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.Claim;
import io.fincore.api.orders.Orders;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.api.temporal.WorkflowStart;
import io.fincore.api.temporal.WorkflowStarter;
import io.fincore.money.IdType;
import io.fincore.workflows.erasure.ErasureOrder;
import io.fincore.workflows.erasure.ErasureState;
import io.fincore.workflows.erasure.ErasureWorkflow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Erasures, as orders. */
@Component
class ErasureOrders implements Orders<ErasureDocument, StoredErasure, ErasureState> {

    private final OwnCustomers customers;
    private final ErasureReader erasures;
    private final Answers answers;
    private final WorkflowStarter starter;

    ErasureOrders(OwnCustomers customers, ErasureReader erasures, Answers answers, WorkflowStarter starter) {
        this.customers = customers;
        this.erasures = erasures;
        this.answers = answers;
        this.starter = starter;
    }

    /**
     * In the caller's transaction.
     *
     * @throws ProblemException if the customer is erased already, or is being erased
     */
    ErasureDocument checked(Caller caller, String customerId, ErasureRequest request) {
        customers.requirePresent(caller, customerId);
        if (erasures.isUnderWay(caller, customerId)) {
            throw new ProblemException(
                    ProblemType.ERASURE_IN_PROGRESS, "The customer is being erased: there is a request already.");
        }
        return new ErasureDocument(customerId, request.reason(), Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    @Override
    public IdType idType() {
        return IdType.ERASURE;
    }

    @Override
    public Class<ErasureDocument> documentType() {
        return ErasureDocument.class;
    }

    /**
     * Sees to it that the customer's erasure has a workflow, if one is open: somebody may have terminated it, or Temporal may have lost it.
     *
     * @throws ProblemException 503 if that is not known; safe to repeat
     */
    void requireWorkflow(Caller caller, String customerId) {
        for (ErasureClaim open : erasures.open(caller, customerId)) {
            if (!starter.startAgain(workflow(open.id(), caller, open.correlationId(), open.document()))) {
                throw new ProblemException(
                        ProblemType.WORKFLOW_ENGINE_UNAVAILABLE,
                        "It could not be confirmed that " + open.id() + " goes on.");
            }
        }
    }

    @Override
    public WorkflowStart<ErasureState> workflow(Claim.Won claim, ErasureDocument document) {
        return workflow(claim.resourceId(), claim.call().caller(), claim.correlationId(), document);
    }

    private static WorkflowStart<ErasureState> workflow(
            String id, Caller caller, String correlationId, ErasureDocument document) {
        ErasureOrder order = new ErasureOrder(
                id,
                document.customer(),
                caller.tenant(),
                caller.principal(),
                document.reason(),
                correlationId,
                document.orderedAt(),
                document.remindAt(),
                document.deadline());
        return new WorkflowStart<>(
                ErasureWorkflow.WORKFLOW_TYPE,
                ErasureWorkflow.workflowId(order.erasureId()),
                order.erasureId(),
                order,
                ErasureState.class,
                "of " + document.customer());
    }

    @Override
    public boolean isWritten(String id) {
        return erasures.isWritten(id);
    }

    @Override
    public Optional<StoredErasure> find(Caller caller, String id) {
        return erasures.find(caller, id);
    }

    @Override
    public Answer answer(StoredErasure erasure) {
        return answers.json(
                HttpStatus.ACCEPTED,
                ErasureController.path(erasure.body().customer()) + "/" + erasure.id(),
                erasure.body());
    }
}
