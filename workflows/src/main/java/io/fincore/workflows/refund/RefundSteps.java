package io.fincore.workflows.refund;

import io.fincore.workflows.InternalSteps;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.bank.BankActivities;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.BankErrand;
import io.fincore.workflows.bank.SendClaim;
import io.fincore.workflows.repair.InterventionDesk;
import io.fincore.workflows.repair.Progress;
import java.time.Duration;
import java.time.Instant;

/** The refund's steps, one method each. The first must succeed before the deadline; no other is given up. */
final class RefundSteps implements BankErrand {

    private final RefundOrder order;
    private final Progress progress;
    private final InterventionDesk desk;
    private final InternalSteps<RefundActivities> refunds = new InternalSteps<>(RefundActivities.class);
    private int contradictions;

    RefundSteps(RefundOrder order, Progress progress, InterventionDesk desk) {
        this.order = order;
        this.progress = progress;
        this.desk = desk;
    }

    /** @throws io.temporal.failure.ActivityFailure if it failed for good or not within this time */
    RefundReservation create(Duration within) {
        StepKey key = taking(RefundStep.CREATE);
        RefundReservation reservation = refunds.takeWithin(within, key.name(), r -> r.create(key, order));
        progress.note(
                key.name(),
                switch (reservation) {
                    case RefundReservation.Reserved reserved -> "set aside: " + reserved.amount();
                    case RefundReservation.Refused refused -> "refused: " + refused.detail();
                });
        return reservation;
    }

    /** Competes with the call to the bank; returns whether it will never be made. */
    boolean claim(SendClaim claim) {
        StepKey key = sendStep().besides("refund.claim-" + claim.code());
        boolean won = desk.untilDone(key, () -> refunds.take(key.name(), r -> r.claim(key, order.refundId(), claim)));
        progress.note(key.name(), won ? "the bank will not be asked" : "the bank has been asked already");
        return won;
    }

    void postReversal(BankAnswer.Settled answer) {
        StepKey key = taking(RefundStep.POST);
        String transactionId =
                desk.untilDone(key, () -> refunds.take(key.name(), r -> r.postReversal(key, order.refundId(), answer)));
        progress.note(key.name(), "`" + transactionId + "`");
    }

    void markRefunded() {
        StepKey key = taking(RefundStep.MARK);
        desk.runUntilDone(key, () -> refunds.run(key.name(), r -> r.markRefunded(key, order.refundId())));
    }

    /** Undoes {@link #create}. */
    void end(RefundEnding ending) {
        StepKey key = RefundStep.CREATE.key(order.refundId()).undoneBy("refund.mark-failed");
        desk.runUntilDone(key, () -> refunds.run(key.name(), r -> r.end(key, order.refundId(), ending)));
        progress.note(key.name(), ending.code());
    }

    @Override
    public void recordContradiction(BankAnswer first, BankAnswer later) {
        contradictions++;
        StepKey key = sendStep().besides("refund.record-contradiction-" + contradictions);
        desk.runUntilDone(
                key, () -> refunds.run(key.name(), r -> r.recordContradiction(key, order.refundId(), first, later)));
    }

    @Override
    public String subjectId() {
        return order.refundId();
    }

    @Override
    public String summary() {
        return order.amount() == null ? "the remainder" : order.amount().toString();
    }

    @Override
    public StepKey sendStep() {
        return RefundStep.ASK.key(order.refundId());
    }

    @Override
    public StepKey answerStep() {
        return sendStep().besides("bank.answer");
    }

    @Override
    public BankAnswer send(BankActivities bank, int callNumber, Instant notAfter) {
        return bank.refund(sendStep(), order.refundId(), callNumber, notAfter);
    }

    private StepKey taking(RefundStep step) {
        progress.taking(step.key(order.refundId()));
        return step.key(order.refundId());
    }
}
