package io.fincore.api.sagas;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A saga, as operators see it.
 *
 * @param id of what it is about: {@code pay_…}, {@code ref_…}, {@code case_…} or {@code act_…}
 * @param type {@code payment}, {@code refund}, {@code compliance_case} or {@code account_activation}
 * @param status {@code RUNNING}, {@code SUCCEEDED}, {@code COMPENSATING}, {@code FAILED} or {@code REQUIRES_MANUAL_INTERVENTION}
 * @param cause why it waits for a person; null unless it does, as are the next two
 * @param runbook path of the page that tells what to do
 * @param workflowId by which it is found in Temporal's Web UI
 * @param currentStep number of the last step that was begun; 0 before the first
 * @param steps in the order in which they were begun
 * @param interventions the oldest first
 * @param possibleActions what an operator can order now
 * @param state the live workflow's own view, in its own words; null in lists, after the end, and when no worker answers
 */
record SagaBody(
        String id,
        String object,
        String type,
        String status,
        @Nullable String cause,
        @Nullable String causeDetail,
        @Nullable String runbook,
        String correlationId,
        String workflowId,
        int currentStep,
        int totalSteps,
        List<StepBody> steps,
        List<InterventionBody> interventions,
        List<String> possibleActions,
        @Nullable JsonNode state,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant endedAt) {}
