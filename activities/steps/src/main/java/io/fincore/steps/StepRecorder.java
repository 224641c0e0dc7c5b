package io.fincore.steps;

import io.fincore.workflows.FailureType;
import io.fincore.workflows.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the effect of a step exactly once per key: the step's row and the effect are one transaction, the row first, so that a
 * second attempt waits for the first and then returns what the first has stored.
 */
final class StepRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(StepRecorder.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final BooleanSupplier mayGiveUp;

    /** @param mayGiveUp whether the running attempt may declare a fault permanent */
    StepRecorder(DataSource dataSource, BooleanSupplier mayGiveUp) {
        this.mayGiveUp = mayGiveUp;
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    /**
     * Takes a step forward.
     *
     * @param request what is kept of the request, null if the key says it all
     * @throws ApplicationFailure of type {@link FailureType#STEP_UNDONE} if the step was undone before it came here, or as
     *     {@link Faults} says
     */
    <T> T forward(StepKey key, @Nullable Object request, Class<T> type, Supplier<T> effect) {
        return recorded(key, () -> {
            Row row = begin(key, request);
            if (row.status.equals("COMPENSATED")) {
                throw FailureType.STEP_UNDONE.nonRetryable(key + " was undone before this attempt; nothing was done");
            }
            if (row.status.equals("SUCCEEDED")) {
                return Json.read(String.valueOf(row.response), type);
            }
            T result = effect.get();
            succeed(key, result);
            return result;
        });
    }

    /** Takes a step forward that answers nothing. */
    void forward(StepKey key, @Nullable Object request, Runnable effect) {
        forward(key, request, Boolean.class, () -> {
            effect.run();
            return true;
        });
    }

    /**
     * Undoes a step, whether or not it ever happened: from now on a late attempt of it does nothing.
     *
     * @param key names the step it undoes
     */
    void undo(StepKey key, Runnable effect) {
        recorded(key, () -> {
            Row row = begin(key, null);
            if (!row.status.equals("SUCCEEDED")) {
                markCompensated(key.forward());
                effect.run();
                succeed(key, true);
            }
            return true;
        });
    }

    /** Records a step that happened elsewhere, in the caller's transaction; a second call changes nothing. */
    void happened(StepKey key, Object response) {
        jdbc.sql("""
                INSERT INTO saga.step (workflow_id, round, name, number, status, response, attempts, completed_at)
                VALUES (:workflowId, :round, :name, :number, 'SUCCEEDED', :response::jsonb, 1, clock_timestamp())
                ON CONFLICT DO NOTHING""")
                .param("workflowId", key.workflowId())
                .param("round", key.round())
                .param("name", key.name())
                .param("number", key.number())
                .param("response", Json.write(response))
                .update();
    }

    private <T> T recorded(StepKey key, Supplier<T> work) {
        try {
            T result = transaction.execute(status -> work.get());
            if (result == null) {
                throw new IllegalStateException("a step always has a result: " + key);
            }
            LOG.atInfo()
                    .addKeyValue("workflow_id", key.workflowId())
                    .addKeyValue("step", key.name())
                    .log("step {} done", key);
            return result;
        } catch (ApplicationFailure said) {
            throw said;
        } catch (RuntimeException fault) {
            int faults = recordFailure(key, fault);
            throw Faults.toFailure(fault, faults >= Faults.FAULTS_PER_STEP && mayGiveUp.getAsBoolean());
        }
    }

    private Row begin(StepKey key, @Nullable Object request) {
        return jdbc.sql("""
                INSERT INTO saga.step AS s (workflow_id, round, name, number, compensates, status, request, attempts)
                VALUES (:workflowId, :round, :name, :number, :compensates, 'IN_PROGRESS', :request::jsonb, 1)
                ON CONFLICT (workflow_id, round, name) DO UPDATE SET
                    attempts = s.attempts + CASE WHEN s.status IN ('SUCCEEDED', 'COMPENSATED') THEN 0 ELSE 1 END,
                    status = CASE WHEN s.status IN ('SUCCEEDED', 'COMPENSATED') THEN s.status ELSE 'IN_PROGRESS' END
                RETURNING status, response""")
                .param("workflowId", key.workflowId())
                .param("round", key.round())
                .param("name", key.name())
                .param("number", key.number())
                .param("compensates", key.compensates())
                .param("request", request == null ? null : Json.write(request))
                .query(Row.class)
                .single();
    }

    private void succeed(StepKey key, @Nullable Object response) {
        jdbc.sql("""
                UPDATE saga.step
                   SET status = 'SUCCEEDED', response = :response::jsonb, error = NULL, completed_at = clock_timestamp()
                 WHERE workflow_id = :workflowId AND round = :round AND name = :name""")
                .param("workflowId", key.workflowId())
                .param("round", key.round())
                .param("name", key.name())
                .param("response", Json.write(response))
                .update();
    }

    private void markCompensated(StepKey forward) {
        jdbc.sql("""
                INSERT INTO saga.step AS s (workflow_id, round, name, number, status, attempts, completed_at)
                VALUES (:workflowId, :round, :name, :number, 'COMPENSATED', 0, clock_timestamp())
                ON CONFLICT (workflow_id, round, name) DO UPDATE SET status = 'COMPENSATED'""")
                .param("workflowId", forward.workflowId())
                .param("round", forward.round())
                .param("name", forward.name())
                .param("number", forward.number())
                .update();
        jdbc.sql("""
                UPDATE saga.saga SET status = 'COMPENSATING', updated_at = clock_timestamp()
                 WHERE workflow_id = :workflowId AND status = 'RUNNING'""").param("workflowId", forward.workflowId()).update();
    }

    /**
     * In a transaction of its own: the effect's is rolled back.
     *
     * @return how many faults the step has met, outages not counted
     */
    private int recordFailure(StepKey key, RuntimeException fault) {
        LOG.warn("step {} failed", key, fault);
        try {
            return jdbc.sql("""
                    INSERT INTO saga.step AS s
                        (workflow_id, round, name, number, compensates, status, error, attempts, faults)
                    VALUES (:workflowId, :round, :name, :number, :compensates, 'FAILED', :error, 1, :faults)
                    ON CONFLICT (workflow_id, round, name) DO UPDATE
                       SET status = 'FAILED', error = excluded.error, attempts = s.attempts + 1,
                           faults = s.faults + excluded.faults
                     WHERE s.status NOT IN ('SUCCEEDED', 'COMPENSATED')
                    RETURNING faults""")
                    .param("workflowId", key.workflowId())
                    .param("round", key.round())
                    .param("name", key.name())
                    .param("number", key.number())
                    .param("compensates", key.compensates())
                    .param("error", String.valueOf(fault.getMessage()))
                    .param("faults", Faults.isOutage(fault) ? 0 : 1)
                    .query(Integer.class)
                    .optional()
                    .orElse(0);
        } catch (DataAccessException | TransactionException unrecorded) {
            // The record of a failure must not hide the failure; the database is likely the reason for both.
            LOG.warn("the failure of step {} could not be recorded: {}", key, unrecorded.getMessage());
            return 0;
        }
    }

    private record Row(String status, @Nullable String response) {}
}
