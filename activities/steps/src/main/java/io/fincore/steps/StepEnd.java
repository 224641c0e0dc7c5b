package io.fincore.steps;

import io.fincore.workflows.StepKey;
import java.time.Duration;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The end of a step, as its row says.
 *
 * @param tookMillis from the first attempt's beginning to the end, 0 before it
 */
record StepEnd(int attempts, long tookMillis) {

    /** What a change of {@code saga.step} has to return. */
    static final String COLUMNS =
            "attempts, coalesce(extract(epoch FROM completed_at - started_at) * 1000, 0)::bigint AS took_millis";

    /** Tells of it once the running transaction has committed: a step that is rolled back has not ended. */
    void tell(Steps.Observer observer, StepKey key) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                observer.succeeded(key, attempts, Duration.ofMillis(tookMillis));
            }
        });
    }
}
