package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.ledger.Wallet;
import io.fincore.ledger.Wallets;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A saga under way on one path, for a fault to meet it there. */
abstract class Course {

    /** What an attempt answers that has nothing to say. */
    static final Object NOTHING = "";

    /** Later than any clock of these tests gets. */
    static final Instant NEVER = Instant.parse("2999-12-31T00:00:00Z");

    final PaymentSaga saga;
    final Operators operators;

    Course(PaymentSaga saga) {
        this.saga = saga;
        this.operators = new Operators(saga);
    }

    abstract String workflowId();

    /** Ids that are found in each row that belongs to the saga. */
    abstract List<String> traces();

    /** Starts the saga, and does whatever people have to do on its path. */
    abstract void start();

    /** What people have to do after an operator's repair. */
    void goOn() {}

    /** How the saga ended: a value for each heading of its table of endings. */
    abstract Map<String, String> ending();

    /** Makes one more attempt of a step, as a process does that was paused meanwhile. */
    abstract Object attempt(String step, TestActivityEnvironment activities);

    /** Waits until the saga has ended. */
    void end() {
        try {
            saga.temporal
                    .getWorkflowClient()
                    .newUntypedWorkflowStub(workflowId())
                    .getResult(Void.class);
        } catch (WorkflowException cancelled) {
            // The record says how it ended.
        }
    }

    final WorkflowStub stub(String id) {
        return saga.people.newUntypedWorkflowStub(id);
    }

    /** Makes an update, and once more after the repair if it could not be recorded. */
    final void untilRecorded(Runnable update) {
        try {
            update.run();
        } catch (WorkflowUpdateException notRecorded) {
            saga.saboteur.repairAll();
            update.run();
        }
    }

    /** Waits until it is so, or the saga has ended without. */
    final void await(BooleanSupplier condition) {
        saga.passTimeUntil(() -> condition.getAsBoolean() || hasEnded() || operators.needsPerson(workflowId()));
    }

    private boolean hasEnded() {
        return List.of("SUCCEEDED", "FAILED").contains(sagaStatus(workflowId()));
    }

    /** The status on record; a dash if there is no such saga. */
    final String sagaStatus(String id) {
        return saga.jdbc
                .sql("SELECT status FROM saga.saga WHERE workflow_id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse("-");
    }

    /** {@code completed}, or {@code failed bank_rejected}. */
    final String paymentStatus(String paymentId) {
        return saga.jdbc
                .sql("SELECT concat_ws(' ', status, failure_code) FROM payments.payment WHERE id = :id")
                .param("id", paymentId)
                .query(String.class)
                .single();
    }

    /** By how much the wallet changed since it got its funds; nothing may be held. */
    final String walletChange() {
        Wallet now = new Wallets(saga.database.as(DatabaseRole.WORKER))
                .find(saga.wallet.id())
                .orElseThrow();
        assertThat(now.available()).as("available").isEqualTo(now.balance());
        Money funds = PaymentSaga.FUNDS;
        return String.valueOf(now.balance().minorUnits() - funds.minorUnits());
    }

    /**
     * The record: initials of the statuses of the steps in their order, and of their undos below them; then what else there is and has not
     * succeeded. One such group for each round.
     */
    final String record(String id, List<String> steps) {
        Map<Integer, String> rounds = new TreeMap<>();
        for (int round : saga.jdbc
                .sql("SELECT DISTINCT round FROM saga.step WHERE workflow_id = :id")
                .param("id", id)
                .query(Integer.class)
                .list()) {
            rounds.put(round, record(rows(id, round), steps));
        }
        return String.join("; ", rounds.values());
    }

    private static String record(List<StepRow> rows, List<String> steps) {
        StringBuilder forward = new StringBuilder();
        StringBuilder undone = new StringBuilder();
        StringBuilder others = new StringBuilder();
        for (String step : steps) {
            forward.append(initial(rows, row -> row.name.equals(step)));
            undone.append(initial(rows, row -> step.equals(row.compensates)));
        }
        rows.stream()
                .filter(row ->
                        !steps.contains(row.name) && row.compensates.isEmpty() && !row.status.equals("SUCCEEDED"))
                .forEach(row -> others.append(' ').append(row.name).append('=').append(row.status));
        return forward + " " + undone + others;
    }

    private static char initial(List<StepRow> rows, Predicate<StepRow> which) {
        List<StepRow> found = rows.stream().filter(which).toList();
        assertThat(found).hasSizeLessThan(2);
        return found.isEmpty() ? '-' : found.getFirst().status.charAt(0);
    }

    private List<StepRow> rows(String id, int round) {
        return saga.jdbc
                .sql("""
                SELECT name, coalesce(compensates, '') AS compensates, status FROM saga.step
                 WHERE workflow_id = :id AND round = :round ORDER BY started_at""")
                .param("id", id)
                .param("round", round)
                .query(StepRow.class)
                .list();
    }

    private record StepRow(String name, String compensates, String status) {}

    /** {@code SUCCEEDED after 3} for a step that is on record by its activity's name. */
    final Optional<String> standing(String step) {
        return saga.jdbc
                .sql("""
                SELECT status || ' after ' || attempts FROM saga.step
                 WHERE workflow_id = :workflowId AND name = :name AND round = 1""")
                .param("workflowId", workflowId())
                .param("name", step)
                .query(String.class)
                .optional();
    }
}
