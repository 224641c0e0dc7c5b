package io.fincore.workflows.compliance;

import io.fincore.workflows.StepKey;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The steps of a compliance case. */
@ActivityInterface
public interface ComplianceCaseActivities {

    /**
     * Records how the case ended.
     *
     * @return how it has ended: another verdict than the one given if that was recorded before
     */
    @ActivityMethod(name = "case.resolve")
    CaseVerdict resolve(StepKey key, String caseId, CaseVerdict verdict, String actor, String note);

    /** Decides that the payment is rejected; clients see it when the ledger has released the hold. */
    @ActivityMethod(name = "payment.mark-rejected")
    void markPaymentRejected(StepKey key, String paymentId, String detail);
}
