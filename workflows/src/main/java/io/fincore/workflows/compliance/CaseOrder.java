package io.fincore.workflows.compliance;

import java.time.Instant;
import java.util.List;

/**
 * Why a payment needs a look.
 *
 * @param caseId {@code case_…}
 * @param paymentCreator the principal that ordered the payment, who may not resolve the case
 * @param reasons codes of the rules that asked for the review
 * @param deadline when an unresolved case expires, which rejects the payment
 */
public record CaseOrder(
        String caseId, String paymentId, String tenant, String paymentCreator, List<String> reasons, Instant deadline) {

    public CaseOrder {
        reasons = List.copyOf(reasons);
    }
}
