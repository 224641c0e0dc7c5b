package io.fincore.steps;

import io.fincore.workflows.StepKey;
import io.fincore.workflows.bank.BankAnswer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The record of calls to the bank: the intent is committed before the first byte leaves, the answer after it came. An intent
 * without an answer means that the order may have been executed.
 */
final class BankCallStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Steps.Observer observer;

    BankCallStore(DataSource dataSource, Steps.Observer observer) {
        this.observer = observer;
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** What is on record of the step; empty before its first call. */
    Optional<CallRow> find(StepKey key) {
        return jdbc.sql("""
                SELECT call_number, call_is_open, response FROM saga.step
                 WHERE workflow_id = :workflowId AND round = :round AND name = :name""")
                .param("workflowId", key.workflowId())
                .param("round", key.round())
                .param("name", key.name())
                .query(CallRow.class)
                .optional();
    }

    /**
     * Commits the intent to call, unless the order is claimed against it or this call was taken or closed. Attempts that come at once
     * all pass whatever they read before: only the conditions here keep all but one of them from the bank.
     */
    Intent commitIntent(StepKey key, BankSubject subject, int callNumber) {
        Intent intent = transaction.execute(status -> {
            if (!subject.claimForSending().getAsBoolean()) {
                return Intent.CLAIMED_BY_OTHERS;
            }
            int opened = jdbc.sql("""
                    INSERT INTO saga.step AS s
                        (workflow_id, round, name, number, status, attempts, call_number, call_is_open)
                    VALUES (:workflowId, :round, :name, :number, 'IN_PROGRESS', 1, :callNumber, true)
                    ON CONFLICT (workflow_id, round, name) DO UPDATE
                       SET status = 'IN_PROGRESS', attempts = s.attempts + 1, response = NULL, completed_at = NULL,
                           call_number = :callNumber, call_is_open = true
                     WHERE NOT s.closed
                       AND (s.call_number < :callNumber
                            OR s.call_number = :callNumber AND NOT s.call_is_open AND s.response IS NULL)""")
                    .param("workflowId", key.workflowId())
                    .param("round", key.round())
                    .param("name", key.name())
                    .param("number", key.number())
                    .param("callNumber", callNumber)
                    .update();
            return opened == 1 ? Intent.COMMITTED : Intent.TAKEN_BY_ANOTHER_ATTEMPT;
        });
        return Objects.requireNonNull(intent);
    }

    /** The bank has refused to take the call on: the next attempt may make it again. */
    void closeWithoutAnswer(StepKey key, int callNumber, String why) {
        close(key, callNumber, "IN_PROGRESS", null, why);
    }

    /** Commits what the bank said to an order. */
    void closeWithAnswer(StepKey key, BankSubject subject, int callNumber, BankAnswer answer) {
        transaction.executeWithoutResult(status -> {
            close(key, callNumber, "SUCCEEDED", Json.write(answer), null).ifPresent(end -> end.tell(observer, key));
            subject.messages().record("send", answer);
        });
    }

    /** From now on no attempt of any call passes; waits for one that is about to. */
    void closeForEver(StepKey key) {
        jdbc.sql("""
                UPDATE saga.step SET closed = true
                 WHERE workflow_id = :workflowId AND round = :round AND name = :name""")
                .param("workflowId", key.workflowId())
                .param("round", key.round())
                .param("name", key.name())
                .update();
    }

    /** The bank has said its last word, by whichever way; a call whose own answer never came ends with it. */
    void closeForEver(StepKey key, BankAnswer lastWord) {
        closeForEver(key);
        jdbc.sql("""
                UPDATE saga.step
                   SET call_is_open = false, status = 'SUCCEEDED', response = :response::jsonb, completed_at = clock_timestamp()
                 WHERE workflow_id = :workflowId AND round = :round AND name = :name AND call_is_open
                RETURNING\s""" + StepEnd.COLUMNS)
                .param("workflowId", key.workflowId())
                .param("round", key.round())
                .param("name", key.name())
                .param("response", Json.write(lastWord))
                .query(StepEnd.class)
                .optional()
                .ifPresent(end -> end.tell(observer, key));
    }

    /**
     * Commits what the bank said to an inquiry.
     *
     * @param took from the question to the answer
     */
    void recordInquiry(StepKey key, BankSubject subject, BankAnswer answer, Duration took) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    INSERT INTO saga.step AS s
                        (workflow_id, round, name, number, status, response, attempts, started_at, completed_at)
                    VALUES (:workflowId, :round, :name, :number, 'SUCCEEDED', :response::jsonb, 1,
                            clock_timestamp() - :tookMillis * interval '1 millisecond', clock_timestamp())
                    ON CONFLICT (workflow_id, round, name) DO UPDATE
                       SET response = excluded.response, attempts = s.attempts + 1, completed_at = clock_timestamp()
                    RETURNING\s""" + StepEnd.COLUMNS)
                    .param("workflowId", key.workflowId())
                    .param("round", key.round())
                    .param("name", key.name())
                    .param("number", key.number())
                    .param("response", Json.write(answer))
                    .param("tookMillis", took.toMillis())
                    .query(StepEnd.class)
                    .single()
                    .tell(observer, key);
            subject.messages().record("inquiry", answer);
        });
    }

    private Optional<StepEnd> close(
            StepKey key, int callNumber, String status, @Nullable String response, @Nullable String error) {
        return jdbc.sql("""
                UPDATE saga.step
                   SET call_is_open = false, status = :status, response = :response::jsonb, error = :error,
                       completed_at = CASE WHEN :response::jsonb IS NULL THEN NULL ELSE clock_timestamp() END
                 WHERE workflow_id = :workflowId AND round = :round AND name = :name AND call_number = :callNumber
                RETURNING\s""" + StepEnd.COLUMNS)
                .param("workflowId", key.workflowId())
                .param("round", key.round())
                .param("name", key.name())
                .param("callNumber", callNumber)
                .param("status", status)
                .param("response", response)
                .param("error", error)
                .query(StepEnd.class)
                .optional();
    }

    enum Intent {
        COMMITTED,
        CLAIMED_BY_OTHERS,
        TAKEN_BY_ANOTHER_ATTEMPT
    }

    /**
     * The last call on record.
     *
     * @param callIsOpen whether its first byte may have left without an answer having come
     */
    record CallRow(
            int callNumber, boolean callIsOpen, @Nullable String response) {

        /** The bank's last word, if a call has brought it: also one that came after its attempt was given up. */
        Optional<BankAnswer> finalAnswer() {
            return answer().filter(BankAnswer::isFinal);
        }

        /** What an attempt of the given call has to answer without making it, even while the bank cannot be reached. */
        Optional<BankAnswer> answerTo(int wantedCall) {
            if (finalAnswer().isPresent()) {
                return finalAnswer();
            }
            if (callNumber > wantedCall || (callNumber == wantedCall && callIsOpen)) {
                return Optional.of(new BankAnswer.Unknown("an earlier attempt may have reached the bank"));
            }
            return callNumber == wantedCall ? answer() : Optional.empty();
        }

        private Optional<BankAnswer> answer() {
            return Optional.ofNullable(response).map(stored -> Json.read(stored, BankAnswer.class));
        }
    }
}
