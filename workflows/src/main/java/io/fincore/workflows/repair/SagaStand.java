package io.fincore.workflows.repair;

import io.fincore.workflows.SagaStatus;
import org.jspecify.annotations.Nullable;

/**
 * Where a saga stands, as it is recorded before and after an intervention.
 *
 * @param step the step that is being taken or failed
 * @param cause null unless it waits for a person
 * @param detail what exactly is wrong, null unless it waits for a person
 */
public record SagaStand(
        SagaStatus status,
        String step,
        @Nullable InterventionCause cause,
        @Nullable String detail) {}
