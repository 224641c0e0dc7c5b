package io.fincore.workflows.payment;

import io.fincore.workflows.ActivityPolicies;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.InternalSteps;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.StepKey;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The payment's steps inside our own database, one method each. Those before the bank is asked must succeed before the deadline
 * and throw {@link ActivityFailure} if they do not; all others are not given up, and call a person when they fail for good.
 */
final class PaymentSteps {

    private final PaymentOrder order;
    private final PaymentProgress progress;
    private final Supplier<Duration> timeLeft;
    private final InternalSteps<PaymentActivities> payments = new InternalSteps<>(PaymentActivities.class);
    private final InternalSteps<DecisionActivities> decisions = new InternalSteps<>(DecisionActivities.class);
    private final InternalSteps<LedgerActivities> ledger = new InternalSteps<>(LedgerActivities.class);
    private int interventions;
    private int contradictions;

    PaymentSteps(PaymentOrder order, PaymentProgress progress, Supplier<Duration> timeLeft) {
        this.order = order;
        this.progress = progress;
        this.timeLeft = timeLeft;
    }

    void create() {
        StepKey key = taking(PaymentStep.CREATE);
        payments.runWithin(timeLeft.get(), key.name(), p -> p.create(key, order));
        progress.note(key.name(), "ordered by `" + order.principal() + "`");
    }

    DecisionResult evaluate() {
        StepKey key = taking(PaymentStep.EVALUATE);
        DecisionResult result =
                decisions.takeWithin(timeLeft.get(), key.name(), d -> d.evaluate(key, order.paymentId()));
        progress.note(key.name(), Words.of(result));
        return result;
    }

    /** Undoes {@link #evaluate}; throws when it fails for good. */
    void releaseLimit() {
        StepKey key = PaymentStep.EVALUATE.key(order.paymentId()).undoneBy("decision.release-limit");
        decisions.run(key.name(), d -> d.releaseLimit(key, order.paymentId()));
        progress.note(key.name(), "given back");
    }

    HoldResult hold() {
        StepKey key = taking(PaymentStep.HOLD);
        HoldResult result = ledger.takeWithin(timeLeft.get(), key.name(), l -> l.hold(key, order.paymentId()));
        progress.note(key.name(), Words.of(result));
        return result;
    }

    /** Undoes {@link #hold}; throws when it fails for good. */
    void release() {
        StepKey key = PaymentStep.HOLD.key(order.paymentId()).undoneBy("ledger.release");
        ledger.run(key.name(), l -> l.release(key, order.paymentId()));
        progress.note(key.name(), "given back");
    }

    void markInReview(String caseId, List<DecisionResult.Reason> reasons) {
        StepKey key = PaymentStep.HOLD.besides(order.paymentId(), "payment.mark-in-review");
        payments.runWithin(timeLeft.get(), key.name(), p -> p.markInReview(key, order.paymentId(), caseId, reasons));
        progress.inReview(caseId);
        progress.reached(PaymentStatus.IN_REVIEW, SagaStatus.RUNNING, "an officer resolves the case `" + caseId + "`");
    }

    void markProcessing() {
        StepKey key = taking(PaymentStep.MARK_PROCESSING);
        payments.runWithin(timeLeft.get(), key.name(), p -> p.markProcessing(key, order.paymentId()));
        progress.reached(PaymentStatus.PROCESSING, SagaStatus.RUNNING, "the bank's answer");
    }

    /** Competes with the call to the bank; returns whether it will never be made. */
    boolean claim(SendClaim claim) {
        StepKey key = PaymentStep.SEND.besides(order.paymentId(), "payment.claim-" + claim.code());
        boolean won = untilDone(
                PaymentStep.SEND,
                () -> payments.takeAfterUpdate(key.name(), p -> p.claim(key, order.paymentId(), claim)));
        progress.note(key.name(), won ? "the bank will not be asked" : "the bank has been asked already");
        return won;
    }

    void settle(BankAnswer.Settled answer) {
        StepKey key = taking(PaymentStep.SETTLE);
        String transactionId = untilDone(
                PaymentStep.SETTLE, () -> ledger.take(key.name(), l -> l.settle(key, order.paymentId(), answer)));
        progress.note(key.name(), "`" + transactionId + "`");
    }

    void complete() {
        StepKey key = taking(PaymentStep.COMPLETE);
        untilDone(PaymentStep.COMPLETE, () -> {
            payments.run(key.name(), p -> p.complete(key, order.paymentId()));
            return true;
        });
        progress.reached(PaymentStatus.COMPLETED, SagaStatus.SUCCEEDED, "nothing, the payment is done");
    }

    /** Undoes {@link #create}: the payment ends, and stays on record. */
    void end(Ending ending) {
        StepKey key = PaymentStep.CREATE
                .key(order.paymentId())
                .undoneBy("payment.mark-" + ending.status().code());
        untilDone(PaymentStep.CREATE, () -> {
            payments.run(key.name(), p -> p.end(key, order, ending));
            return true;
        });
        progress.note(key.name(), ending.code());
        progress.reached(ending.status(), SagaStatus.FAILED, "nothing, no money has moved");
    }

    void recordContradiction(BankAnswer first, BankAnswer later) {
        contradictions++;
        StepKey key = PaymentStep.ANSWER.besides(order.paymentId(), "payment.record-contradiction-" + contradictions);
        untilDone(PaymentStep.ANSWER, () -> {
            payments.run(key.name(), p -> p.recordContradiction(key, order.paymentId(), first, later));
            return true;
        });
        progress.note(key.name(), Words.of(later) + " — after: " + Words.of(first));
    }

    /** Calls a person. The saga goes on by itself if the cause goes away. */
    void requireManualIntervention(PaymentStep step, String cause) {
        interventions++;
        StepKey key = step.besides(order.paymentId(), "payment.require-manual-intervention-" + interventions);
        progress.note(key.name(), cause);
        try {
            payments.run(key.name(), p -> p.requireManualIntervention(key, order.paymentId(), cause));
        } catch (ActivityFailure failure) {
            // Not even the alert could be written. The saga must stay open all the same, and the Web UI shows it.
            progress.note(key.name(), "not recorded: " + FailureType.describe(failure));
        }
        progress.reached(
                PaymentStatus.REQUIRES_MANUAL_INTERVENTION,
                SagaStatus.REQUIRES_MANUAL_INTERVENTION,
                "an operator looks at `" + step.stepName() + "`: " + cause);
    }

    private <R> R untilDone(PaymentStep step, Supplier<R> action) {
        while (true) {
            try {
                return action.get();
            } catch (ActivityFailure failure) {
                requireManualIntervention(step, FailureType.describe(failure));
                Workflow.sleep(ActivityPolicies.MANUAL_INTERVENTION_PAUSE);
            }
        }
    }

    private StepKey taking(PaymentStep step) {
        progress.taking(step);
        return step.key(order.paymentId());
    }
}
