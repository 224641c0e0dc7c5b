package io.fincore.workflows.payment;

import io.fincore.workflows.InternalSteps;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.SendClaim;
import io.fincore.workflows.repair.InterventionDesk;
import io.temporal.failure.ActivityFailure;
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
    private final InterventionDesk desk;
    private final Supplier<Duration> timeLeft;
    private final InternalSteps<PaymentActivities> payments = new InternalSteps<>(PaymentActivities.class);
    private final InternalSteps<DecisionActivities> decisions = new InternalSteps<>(DecisionActivities.class);
    private final InternalSteps<LedgerActivities> ledger = new InternalSteps<>(LedgerActivities.class);
    private int contradictions;

    PaymentSteps(PaymentOrder order, PaymentProgress progress, InterventionDesk desk, Supplier<Duration> timeLeft) {
        this.order = order;
        this.progress = progress;
        this.desk = desk;
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
        StepKey key = key(PaymentStep.EVALUATE).undoneBy("decision.release-limit");
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
        StepKey key = key(PaymentStep.HOLD).undoneBy("ledger.release");
        ledger.run(key.name(), l -> l.release(key, order.paymentId()));
        progress.note(key.name(), "given back");
    }

    void markInReview(String caseId, List<DecisionResult.Reason> reasons) {
        StepKey key = key(PaymentStep.HOLD).besides("payment.mark-in-review");
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
        StepKey key = key(PaymentStep.SEND).besides("payment.claim-" + claim.code());
        boolean won = desk.untilDone(
                key, () -> payments.takeAfterUpdate(key.name(), p -> p.claim(key, order.paymentId(), claim)));
        progress.note(key.name(), won ? "the bank will not be asked" : "the bank has been asked already");
        return won;
    }

    void settle(BankAnswer.Settled answer) {
        StepKey key = taking(PaymentStep.SETTLE);
        String transactionId =
                desk.untilDone(key, () -> ledger.take(key.name(), l -> l.settle(key, order.paymentId(), answer)));
        progress.note(key.name(), "`" + transactionId + "`");
    }

    void complete() {
        StepKey key = taking(PaymentStep.COMPLETE);
        desk.runUntilDone(key, () -> payments.run(key.name(), p -> p.complete(key, order.paymentId())));
        progress.reached(PaymentStatus.COMPLETED, SagaStatus.SUCCEEDED, "nothing, the payment is done");
    }

    /** Undoes {@link #create}: the payment ends, and stays on record. */
    void end(Ending ending) {
        StepKey key = key(PaymentStep.CREATE)
                .undoneBy("payment.mark-" + ending.status().code());
        desk.runUntilDone(key, () -> payments.run(key.name(), p -> p.end(key, order, ending)));
        progress.note(key.name(), ending.code());
        progress.reached(ending.status(), SagaStatus.FAILED, "nothing, no money has moved");
    }

    void recordContradiction(BankAnswer first, BankAnswer later) {
        contradictions++;
        StepKey key = key(PaymentStep.ANSWER).besides("payment.record-contradiction-" + contradictions);
        desk.runUntilDone(
                key, () -> payments.run(key.name(), p -> p.recordContradiction(key, order.paymentId(), first, later)));
    }

    private StepKey taking(PaymentStep step) {
        progress.taking(key(step));
        return key(step);
    }

    private StepKey key(PaymentStep step) {
        return step.key(order.paymentId());
    }
}
