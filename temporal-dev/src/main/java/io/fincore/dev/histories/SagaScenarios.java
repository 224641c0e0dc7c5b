package io.fincore.dev.histories;

import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.money.IdType;
import io.fincore.postgres.DatabaseRole;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.fincore.workflows.repair.Resolution;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the scenarios of all sagas have in common: the paths, their expected ends, and the operators' calls. */
abstract class SagaScenarios {

    private static final String OPERATOR = "oscar";
    private static final String SECOND_OPERATOR = "sofia";

    private final Map<String, String> workflows = new LinkedHashMap<>();
    private final Map<String, String> ends = new LinkedHashMap<>();
    final Stack stack;
    final TemporalPayments payments;

    SagaScenarios(Stack stack, TemporalPayments payments) {
        this.stack = stack;
        this.payments = payments;
    }

    /**
     * Takes all paths and waits for their ends.
     *
     * @return the workflows by the name of their path
     */
    final Map<String, String> play() {
        begin();
        awaitEnds();
        return Map.copyOf(workflows);
    }

    /** Waits for the ends of all that was begun: what is broken now breaks nothing of it. */
    final void awaitEnds() {
        ends.forEach((path, expected) -> {
            String end = payments.client()
                    .newUntypedWorkflowStub(Objects.requireNonNull(workflows.get(path)))
                    .getResult(String.class);
            if (!expected.equals(end)) {
                throw new StackException(path + " ended " + end + " and not " + expected + ".");
            }
        });
        ends.clear();
    }

    abstract void begin();

    /** @param end what the workflow returns, as JSON has it */
    final void expect(String path, String workflowId, String end) {
        workflows.put(path, workflowId);
        ends.put(path, end);
    }

    final void awaitPerson(String workflowId) {
        Pause.until(
                workflowId + " waits for a person",
                () -> JdbcClient.create(stack.postgres().as(DatabaseRole.WORKER))
                        .sql("SELECT status FROM saga.saga WHERE workflow_id = ?")
                        .param(workflowId)
                        .query(String.class)
                        .optional()
                        .filter("REQUIRES_MANUAL_INTERVENTION"::equals)
                        .isPresent());
    }

    final String order(String workflowId, InterventionAction action, @Nullable Resolution resolution) {
        String id = IdType.INTERVENTION.next();
        payments.client()
                .newUntypedWorkflowStub(workflowId)
                .update(
                        "intervene",
                        InterventionStatus.class,
                        new InterventionOrder(id, action, resolution, "as the runbook says", OPERATOR));
        return id;
    }

    final void approve(String workflowId, String interventionId) {
        payments.client()
                .newUntypedWorkflowStub(workflowId)
                .update(
                        "approveIntervention",
                        InterventionStatus.class,
                        new InterventionApproval(interventionId, SECOND_OPERATOR));
    }
}
