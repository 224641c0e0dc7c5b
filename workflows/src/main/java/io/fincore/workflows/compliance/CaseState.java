package io.fincore.workflows.compliance;

import org.jspecify.annotations.Nullable;

/**
 * A live case.
 *
 * @param round 1, or more if it was opened again
 * @param verdict null while the case is open
 * @param waitingFor in words, what has to happen next
 */
public record CaseState(
        String caseId,
        String paymentId,
        int round,
        @Nullable CaseVerdict verdict,
        String waitingFor) {}
