package io.fincore.steps;

import io.fincore.audit.Origin;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
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

    private static final String COMPENSATED = "COMPENSATED";

    private static final String SYSTEM = "system";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final BooleanSupplier mayGiveUp;
    private final Steps.Observer observer;
    private final @Nullable Origin orderedBy;

    /** @param mayGiveUp whether the running attempt may declare a fault permanent */
    StepRecorder(DataSource dataSource, BooleanSupplier mayGiveUp, Steps.Observer observer) {
        this.mayGiveUp = mayGiveUp;
        this.observer = observer;
        this.orderedBy = null;
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    private StepRecorder(StepRecorder other, Origin orderedBy) {
        this.mayGiveUp = other.mayGiveUp;
        this.observer = other.observer;
        this.orderedBy = orderedBy;
        this.jdbc = other.jdbc;
        this.transaction = other.transaction;
    }

    /** The same, for steps that somebody ordered: the audit log says who it was. Steps of others are their workflow's own. */
    StepRecorder orderedBy(String actor) {
        return orderedBy(actor, null);
    }

    /**
     * {@link #orderedBy(String)}, from where.
     *
     * @param actor a principal, or {@code system} for the workflow itself
     */
    StepRecorder orderedBy(String actor, @Nullable String ip) {
        return actor.equals(SYSTEM) ? this : new StepRecorder(this, origin(actor, ip));
    }

    /** The same, for what a workflow does beside its steps. */
    StepRecorder of(String workflowId) {
        return orderedBy("workflow " + workflowId);
    }

    private static Origin origin(String actor, @Nullable String ip) {
        return new Origin(actor, MDC.get("request_id"), MDC.get("correlation_id"), ip, null);
    }

    /**
     * Takes a step forward.
     *
     * @param request what is kept of the request, null if the key says it all
     * @throws ApplicationFailure of type {@link FailureType#STEP_UNDONE} if the step was undone before it ever succeeded, or as
     *     {@link Faults} says
     */
    <T> T forward(StepKey key, @Nullable Object request, Class<T> type, Supplier<T> effect) {
        return recorded(key, () -> {
            Row row = begin(key, request);
            if (row.response != null) {
                // Also of a step that was undone since: a workflow task that is lost takes all its local activities
                // again, and must come to the undo by the way it came before.
                return Json.read(row.response, type);
            }
            if (row.status.equals(COMPENSATED)) {
                throw undone(key);
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
     * Undoes a step, whether or not it ever happened: from now on an attempt of it does nothing.
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

    /**
     * Makes a call that may be repeated, and keeps its answer: the attempt is on record before the call, the answer after it.
     *
     * @param isFinal whether an answer on record makes the call needless
     * @throws ApplicationFailure as {@link #forward}; one that the call throws says itself whether it is to be repeated
     */
    <T> T call(StepKey key, Class<T> type, Predicate<T> isFinal, Supplier<T> call) {
        return classified(key, () -> {
            Optional<T> known = find(key, type).filter(isFinal);
            if (known.isPresent()) {
                return known.get();
            }
            if (attempt(key).equals(COMPENSATED)) {
                throw undone(key);
            }
            T answer = call.get();
            transaction.executeWithoutResult(status -> succeed(key, answer));
            return answer;
        });
    }

    /** Does something that is no step, and is idempotent by itself. */
    void unrecorded(String name, Runnable effect) {
        unrecorded(name, () -> {
            effect.run();
            return true;
        });
    }

    /** {@link #unrecorded(String, Runnable)} for something that answers. */
    <T> T unrecorded(String name, Supplier<T> effect) {
        try {
            T result = transaction.execute(status -> {
                if (orderedBy != null) {
                    orderedBy.bind(jdbc);
                }
                return effect.get();
            });
            return Objects.requireNonNull(result, name);
        } catch (RuntimeException fault) {
            LOG.warn("{} failed", name, fault);
            throw Faults.toFailure(fault, mayGiveUp.getAsBoolean());
        }
    }

    /** @throws IllegalStateException if the step has not succeeded */
    <T> T response(StepKey key, Class<T> type) {
        return find(key, type).orElseThrow(() -> new IllegalStateException(key + " has not succeeded"));
    }

    private <T> Optional<T> find(StepKey key, Class<T> type) {
        return jdbc.sql("""
                SELECT response FROM saga.step
                 WHERE workflow_id = :workflowId AND round = :round AND name = :name AND status = 'SUCCEEDED'""")
                .param("workflowId", key.workflowId())
                .param("round", key.round())
                .param("name", key.name())
                .query(String.class)
                .optional()
                .map(response -> Json.read(response, type));
    }

    private <T> T recorded(StepKey key, Supplier<T> work) {
        return classified(key, () -> {
            T result = transaction.execute(status -> work.get());
            if (result == null) {
                throw new IllegalStateException("a step always has a result: " + key);
            }
            return result;
        });
    }

    private <T> T classified(StepKey key, Supplier<T> work) {
        try {
            return work.get();
        } catch (ApplicationFailure said) {
            if (!FailureType.STEP_UNDONE.name().equals(said.getType())) {
                recordFailure(key, said.getOriginalMessage(), 0);
            }
            throw said;
        } catch (RuntimeException fault) {
            LOG.warn("step {} failed", key, fault);
            int faults = recordFailure(key, Faults.describe(fault), Faults.isOutage(fault) ? 0 : 1);
            throw Faults.toFailure(fault, faults >= Faults.FAULTS_PER_STEP && mayGiveUp.getAsBoolean());
        }
    }

    private static ApplicationFailure undone(StepKey key) {
        return FailureType.STEP_UNDONE.nonRetryable(key + " was undone before this attempt; nothing was done");
    }

    /** Puts one more attempt on record; returns the step's status then. */
    private String attempt(StepKey key) {
        return jdbc.sql("""
                INSERT INTO saga.step AS s (workflow_id, round, name, number, compensates, status, attempts)
                VALUES (:workflowId, :round, :name, :number, :compensates, 'IN_PROGRESS', 1)
                ON CONFLICT (workflow_id, round, name) DO UPDATE SET
                    attempts = s.attempts + CASE WHEN s.status = 'COMPENSATED' THEN 0 ELSE 1 END,
                    status = CASE WHEN s.status = 'COMPENSATED' THEN s.status ELSE 'IN_PROGRESS' END
                RETURNING status""")
                .param("workflowId", key.workflowId())
                .param("round", key.round())
                .param("name", key.name())
                .param("number", key.number())
                .param("compensates", key.compensates())
                .query(String.class)
                .single();
    }

    /** Says to the audit log who it is, too: a statement of its own would be a round trip for each step. */
    private Row begin(StepKey key, @Nullable Object request) {
        Origin origin = orderedBy == null ? origin("workflow " + key.workflowId(), null) : orderedBy;
        return jdbc.sql("""
                INSERT INTO saga.step AS s (workflow_id, round, name, number, compensates, status, request, attempts, max_attempts)
                VALUES (:workflowId, :round, :name, :number, :compensates, 'IN_PROGRESS', :request::jsonb, 1, :maxAttempts)
                ON CONFLICT (workflow_id, round, name) DO UPDATE SET
                    attempts = s.attempts + CASE WHEN s.status IN ('SUCCEEDED', 'COMPENSATED') THEN 0 ELSE 1 END,
                    status = CASE WHEN s.status IN ('SUCCEEDED', 'COMPENSATED') THEN s.status ELSE 'IN_PROGRESS' END
                RETURNING status, response, set_config(:originSetting, :origin, true)""")
                .param("originSetting", Origin.SETTING)
                .param("origin", origin.toJson())
                .param("workflowId", key.workflowId())
                .param("round", key.round())
                .param("name", key.name())
                .param("number", key.number())
                .param("compensates", key.compensates())
                .param("request", request == null ? null : Json.write(request))
                .param("maxAttempts", Faults.FAULTS_PER_STEP)
                .query(Row.class)
                .single();
    }

    private void succeed(StepKey key, @Nullable Object response) {
        jdbc.sql("""
                UPDATE saga.step
                   SET status = 'SUCCEEDED', response = :response::jsonb, error = NULL, completed_at = clock_timestamp()
                 WHERE workflow_id = :workflowId AND round = :round AND name = :name
                RETURNING\s""" + StepEnd.COLUMNS)
                .param("workflowId", key.workflowId())
                .param("round", key.round())
                .param("name", key.name())
                .param("response", Json.write(response))
                .query(StepEnd.class)
                .single()
                .tell(observer, key);
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
    private int recordFailure(StepKey key, String error, int faults) {
        try {
            return jdbc.sql("""
                    INSERT INTO saga.step AS s
                        (workflow_id, round, name, number, compensates, status, error, attempts, faults, max_attempts)
                    VALUES (:workflowId, :round, :name, :number, :compensates, 'FAILED', :error, 1, :faults, :maxAttempts)
                    ON CONFLICT (workflow_id, round, name) DO UPDATE
                       SET error = excluded.error, faults = s.faults + excluded.faults,
                           -- An attempt that was on record before it failed is not counted again.
                           attempts = s.attempts + CASE WHEN s.status = 'IN_PROGRESS' THEN 0 ELSE 1 END,
                           status = 'FAILED'
                     WHERE s.status NOT IN ('SUCCEEDED', 'COMPENSATED')
                    RETURNING faults""")
                    .param("workflowId", key.workflowId())
                    .param("round", key.round())
                    .param("name", key.name())
                    .param("number", key.number())
                    .param("compensates", key.compensates())
                    .param("error", error)
                    .param("faults", faults)
                    .param("maxAttempts", Faults.FAULTS_PER_STEP)
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
