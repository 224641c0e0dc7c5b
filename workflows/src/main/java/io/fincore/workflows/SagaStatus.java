package io.fincore.workflows;

/** Where a saga stands. */
public enum SagaStatus {
    RUNNING,
    SUCCEEDED,
    COMPENSATING,
    FAILED,
    REQUIRES_MANUAL_INTERVENTION
}
