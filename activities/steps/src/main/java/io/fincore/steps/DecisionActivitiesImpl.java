package io.fincore.steps;

import io.fincore.decision.Decision;
import io.fincore.decision.Decisions;
import io.fincore.decision.Outcome;
import io.fincore.decision.PaymentFacts;
import io.fincore.decision.Reason;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.payment.DecisionActivities;
import io.fincore.workflows.payment.DecisionResult;
import java.util.List;

final class DecisionActivitiesImpl implements DecisionActivities {

    private final StepRecorder steps;
    private final PaymentStore payments;
    private final Decisions decisions;

    DecisionActivitiesImpl(StepRecorder steps, PaymentStore payments, Decisions decisions) {
        this.steps = steps;
        this.payments = payments;
        this.decisions = decisions;
    }

    @Override
    public DecisionResult evaluate(StepKey key, String paymentId) {
        return steps.forward(key, null, DecisionResult.class, () -> {
            PaymentRow payment = payments.get(paymentId);
            Decision decision = decisions.evaluate(new PaymentFacts(
                    payment.id(),
                    payment.tenant(),
                    payment.principal(),
                    payment.customerId(),
                    payment.source(),
                    payment.amount(),
                    payment.creditorName(),
                    payment.creditorIban(),
                    payment.clientIp(),
                    payment.createdAt()));
            return switch (decision.outcome()) {
                case Outcome.Approved approved -> new DecisionResult.Approved();
                case Outcome.Declined declined -> new DecisionResult.Declined(reasons(declined.reasons()));
                case Outcome.Review review -> new DecisionResult.Review(reasons(review.reasons()));
            };
        });
    }

    @Override
    public void releaseLimit(StepKey key, String paymentId) {
        steps.undo(key, () -> decisions.release(paymentId));
    }

    private static List<DecisionResult.Reason> reasons(List<Reason> reasons) {
        return reasons.stream()
                .map(reason -> new DecisionResult.Reason(reason.code(), reason.detail()))
                .toList();
    }
}
