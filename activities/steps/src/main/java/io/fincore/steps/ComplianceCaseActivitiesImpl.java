package io.fincore.steps;

import io.fincore.decision.Decisions;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.compliance.CaseAssignment;
import io.fincore.workflows.compliance.CaseNote;
import io.fincore.workflows.compliance.CaseStart;
import io.fincore.workflows.compliance.CaseTerms;
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
    public CaseStart begin(String caseId) {
        return steps.unrecorded("case.begin", () -> cases.start(caseId));
    }

    @Override
    public void remind(StepKey key, String caseId) {
        steps.forward(key, null, () -> publish(caseId, "case.reminder", Map.of("status", "open")));
    }

    @Override
    public void escalate(StepKey key, String caseId) {
        steps.forward(key, null, () -> {
            cases.escalate(caseId);
            publish(caseId, "case.escalated", Map.of("status", "open"));
        });
    }

    @Override
    public void assign(StepKey key, String caseId, CaseAssignment assignment) {
        steps.orderedBy(assignment.actor()).forward(key, assignment, () -> {
            cases.assign(caseId, assignment.assignee());
            publish(
                    caseId,
                    "case.assigned",
                    Map.of("status", "open", "assignee", assignment.assignee(), "actor", assignment.actor()));
        });
    }

    @Override
    public void addNote(StepKey key, String caseId, CaseNote note) {
        steps.orderedBy(note.author()).forward(key, note.id(), () -> cases.addNote(caseId, note));
    }

    @Override
    public CaseVerdict resolve(StepKey key, String caseId, CaseVerdict verdict, String actor, String note) {
        return steps.orderedBy(actor).forward(key, verdict, CaseVerdict.class, () -> {
            cases.resolve(caseId, verdict, actor, note);
            if (verdict == CaseVerdict.APPROVED) {
                decisions.passReview(cases.paymentOf(caseId));
            }
            publish(
                    caseId,
                    "case.resolved",
                    Map.of("status", "resolved", "verdict", verdict.name().toLowerCase(Locale.ROOT)));
            return verdict;
        });
    }

    @Override
    public void markPaymentRejected(StepKey key, String paymentId, String detail) {
        steps.forward(key, detail, () -> payments.decideRejection(paymentId, detail));
    }

    @Override
    public void unmarkPaymentRejected(StepKey key, String paymentId) {
        steps.undo(key, () -> payments.undecideRejection(paymentId));
    }

    @Override
    public CaseStart reopen(StepKey key, String caseId, CaseTerms terms, String why) {
        return steps.forward(key, why, CaseStart.class, () -> {
            CaseStart again = cases.reopen(caseId, terms);
            publish(caseId, "case.reopened", Map.of("status", "open", "reason", why));
            return again;
        });
    }

    @Override
    public void close(StepKey key, String caseId) {
        steps.forward(key, null, () -> cases.close(caseId));
    }

    private void publish(String caseId, String type, Map<String, String> more) {
        cases.publish(caseId, payments.get(cases.paymentOf(caseId)), type, more);
    }
}
