package io.fincore.steps;

import io.fincore.workflows.SagaAttributes;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.fincore.workflows.repair.Resolution;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The people who repair sagas, as a test drives them. */
final class Operators {

    static final String OLGA = "olga";
    static final String OSCAR = "oscar";

    private final PaymentSaga saga;

    Operators(PaymentSaga saga) {
        this.saga = saga;
    }

    static InterventionOrder order(InterventionAction action) {
        return order(action, null);
    }

    static InterventionOrder order(InterventionAction action, @Nullable Resolution resolution) {
        return new InterventionOrder("int_" + UUID.randomUUID(), action, resolution, "looked into it", OLGA);
    }

    InterventionStatus intervene(String workflowId, InterventionOrder order) {
        return stub(workflowId).update("intervene", InterventionStatus.class, order);
    }

    InterventionStatus retry(String workflowId) {
        return intervene(workflowId, order(InterventionAction.RETRY));
    }

    InterventionStatus approve(String workflowId, InterventionOrder order, String actor) {
        return stub(workflowId)
                .update("approveIntervention", InterventionStatus.class, new InterventionApproval(order.id(), actor));
    }

    /** Waits until the saga waits for a person. */
    void awaitCall(String workflowId) {
        saga.passTimeUntil(() -> needsPerson(workflowId));
    }

    /** Whether the saga waits for a person, as operators see it in Temporal. */
    boolean needsPerson(String workflowId) {
        return SagaStatus.REQUIRES_MANUAL_INTERVENTION
                .name()
                .equals(stub(workflowId).describe().getTypedSearchAttributes().get(SagaAttributes.SAGA_STATUS));
    }

    /** Why the saga waits for a person; null if it does not. */
    @Nullable
    InterventionCause cause(String workflowId) {
        String code = stub(workflowId).describe().getTypedSearchAttributes().get(SagaAttributes.INTERVENTION_CAUSE);
        return code == null ? null : InterventionCause.ofCode(code);
    }

    /** {@code retry done} of each intervention, in the order in which they were asked for. */
    List<String> interventions(String workflowId) {
        return saga.jdbc
                .sql("""
                SELECT action || ' ' || status FROM saga.intervention WHERE workflow_id = :workflowId ORDER BY requested_at""")
                .param("workflowId", workflowId)
                .query(String.class)
                .list();
    }

    private WorkflowStub stub(String workflowId) {
        return saga.people.newUntypedWorkflowStub(workflowId);
    }
}
