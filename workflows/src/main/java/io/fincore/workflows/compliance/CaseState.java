package io.fincore.workflows.compliance;

import org.jspecify.annotations.Nullable;

/**
 * A live case.
 *
 * @param verdict null while the case is open
 */
public record CaseState(
        String caseId, String paymentId, @Nullable CaseVerdict verdict) {}
