package io.fincore.workflows.compliance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a payment needs a look.
 *
 * @param caseId {@code case_…}
 * @param paymentCreator the principal that ordered the payment, who may not resolve the case
 * @param reasons codes of the rules that asked for the review
 * @param rejection decided before the case is opened: an operator gave the payment up when the case was lost
 */
public record CaseOrder(
        String caseId,
        String paymentId,
        String tenant,
        String paymentCreator,
        List<String> reasons,
        @Nullable Rejection rejection) {

    public CaseOrder {
        reasons = List.copyOf(reasons);
    }

    /** The same case, to be rejected at once. */
    public CaseOrder rejected(String actor, String note) {
        return new CaseOrder(caseId, paymentId, tenant, paymentCreator, reasons, new Rejection(actor, note));
    }

    /** Who rejects, and why. */
    public record Rejection(String actor, String note) {}
}
