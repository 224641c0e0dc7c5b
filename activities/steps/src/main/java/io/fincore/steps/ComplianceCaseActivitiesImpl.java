package io.fincore.steps;

import io.fincore.decision.Decisions;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.compliance.ComplianceCaseActivities;
import java.util.Locale;
import java.util.Map;

final class ComplianceCaseActivitiesImpl implements ComplianceCaseActivities {

    private final StepRecorder steps;
    private final PaymentStore payments;
    private final CaseStore cases;
    private final Decisions decisions;

    ComplianceCaseActivitiesImpl(StepRecorder steps, PaymentStore payments, CaseStore cases, Decisions decisions) {
        this.steps = steps;
        this.payments = payments;
        this.cases = cases;
        this.decisions = decisions;
    }

    @Override
    public CaseVerdict resolve(StepKey key, String caseId, CaseVerdict verdict, String actor, String note) {
        return steps.forward(key, verdict, CaseVerdict.class, () -> {
            String paymentId = cases.resolve(caseId, verdict, actor, note);
            if (verdict == CaseVerdict.APPROVED) {
                decisions.passReview(paymentId);
            }
            cases.publish(
                    caseId,
                    payments.get(paymentId),
                    "case.resolved",
                    Map.of("status", "resolved", "verdict", verdict.name().toLowerCase(Locale.ROOT)));
            return verdict;
        });
    }

    @Override
    public void markPaymentRejected(StepKey key, String paymentId, String detail) {
        steps.forward(key, detail, () -> payments.decideRejection(paymentId, detail));
    }
}
