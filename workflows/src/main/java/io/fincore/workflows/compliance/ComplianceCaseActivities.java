package io.fincore.workflows.compliance;

import io.fincore.workflows.StepKey;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The steps of a compliance case. */
@ActivityInterface
public interface ComplianceCaseActivities {

    /** Reads where the case stands: a case that was lost goes on where it was. */
    @ActivityMethod(name = "case.begin")
    CaseStart begin(String caseId);

    /** Reminds the case's people that it is open. */
    @ActivityMethod(name = "case.remind")
    void remind(StepKey key, String caseId);

    /** Tells those above them that it is overdue. */
    @ActivityMethod(name = "case.escalate")
    void escalate(StepKey key, String caseId);

    @ActivityMethod(name = "case.assign")
    void assign(StepKey key, String caseId, CaseAssignment assignment);

    @ActivityMethod(name = "case.add-note")
    void addNote(StepKey key, String caseId, CaseNote note);

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

    /** Takes the payment's rejection back, as the ledger did not follow; nobody has seen it. */
    @ActivityMethod(name = "payment.unmark-rejected")
    void unmarkPaymentRejected(StepKey key, String paymentId);

    /** Opens the case again, in the next round and under new terms. */
    @ActivityMethod(name = "case.reopen")
    CaseStart reopen(StepKey key, String caseId, CaseTerms terms, String why);

    /** Ends the case's saga. */
    @ActivityMethod(name = "case.close")
    void close(StepKey key, String caseId);
}
