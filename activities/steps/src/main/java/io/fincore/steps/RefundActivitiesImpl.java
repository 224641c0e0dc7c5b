package io.fincore.steps;

import io.fincore.ledger.CurrencyMismatch;
import io.fincore.ledger.InsufficientFunds;
import io.fincore.ledger.Ledger;
import io.fincore.ledger.OperationKeyReused;
import io.fincore.ledger.ReversalOutcome;
import io.fincore.ledger.Reverse;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.SendClaim;
import io.fincore.workflows.payment.PaymentStep;
import io.fincore.workflows.refund.RefundActivities;
import io.fincore.workflows.refund.RefundEnding;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundReservation;
import io.fincore.workflows.refund.RefundStep;
import io.fincore.workflows.refund.RefundWorkflow;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class RefundActivitiesImpl implements RefundActivities {

    private static final Logger LOG = LoggerFactory.getLogger(RefundActivitiesImpl.class);

    private final StepRecorder steps;
    private final SagaStore sagas;
    private final PaymentStore payments;
    private final RefundStore refunds;
    private final BankCallStore calls;
    private final Ledger ledger;

    RefundActivitiesImpl(
            StepRecorder steps,
            SagaStore sagas,
            PaymentStore payments,
            RefundStore refunds,
            BankCallStore calls,
            Ledger ledger) {
        this.steps = steps;
        this.sagas = sagas;
        this.payments = payments;
        this.refunds = refunds;
        this.calls = calls;
        this.ledger = ledger;
    }

    @Override
    public RefundReservation create(StepKey key, RefundOrder order) {
        return steps.orderedBy(order.principal())
                .forward(
                key,
                order,
                RefundReservation.class,
                () -> refunds.reserve(order.paymentId(), order.amount())
                        .<RefundReservation>map(amount -> {
                            refunds.create(order, amount);
                            return new RefundReservation.Reserved(amount);
                        })
                        .orElseGet(() -> {
                            refunds.refuse(order);
                            return refusal(payments.get(order.paymentId()));
                        }));
    }

    private static RefundReservation refusal(PaymentRow payment) {
        return switch (payment.status()) {
            case "completed", "partially_refunded" ->
                new RefundReservation.Refused(
                        "refund_exceeds_remainder",
                        "More than is left of the payment: " + payment.refundable() + " can still be refunded.");
            default ->
                new RefundReservation.Refused(
                        "payment_not_refundable",
                        "The payment is " + payment.status() + ": only a completed one can be refunded.");
        };
    }

    @Override
    public boolean claim(StepKey key, String refundId, SendClaim claim) {
        return steps.forward(key, null, Boolean.class, () -> refunds.claim(refundId, claim.code()));
    }

    @Override
    public String postReversal(StepKey key, String refundId, BankAnswer.Settled answer) {
        return steps.forward(key, answer, String.class, () -> {
            RefundRow refund = refunds.get(refundId);
            calls.closeForEver(RefundStep.ASK.key(refundId), answer);
            String settlement = steps.response(PaymentStep.SETTLE.key(refund.paymentId()), String.class);
            ReversalOutcome outcome = ledger.reverse(new Reverse(
                    key.toString(),
                    settlement,
                    refund.amount(),
                    refund.endToEndId().value()));
            String transactionId = switch (outcome) {
                case ReversalOutcome.Reversed reversed -> reversed.transactionId();
                case ReversalOutcome.AmountAboveRemainder refused -> throw refusedBy(refundId, refused);
                case ReversalOutcome.TransactionUnknown refused -> throw refusedBy(refundId, refused);
                case ReversalOutcome.NotReversible refused -> throw refusedBy(refundId, refused);
                case InsufficientFunds refused -> throw refusedBy(refundId, refused);
                case CurrencyMismatch refused -> throw refusedBy(refundId, refused);
                case OperationKeyReused refused -> throw refusedBy(refundId, refused);
            };
            refunds.noteTransaction(refundId, transactionId);
            return transactionId;
        });
    }

    @Override
    public void markRefunded(StepKey key, String refundId) {
        steps.forward(key, null, () -> refunds.complete(refunds.get(refundId)));
    }

    @Override
    public void end(StepKey key, String refundId, RefundEnding ending) {
        steps.undo(key, () -> {
            // An attempt that waits for its next try must not ask for what is given back here.
            calls.closeForEver(RefundStep.ASK.key(refundId));
            if (ending.answer() != null) {
                calls.closeForEver(RefundStep.ASK.key(refundId), ending.answer());
            }
            refunds.find(refundId).ifPresent(refund -> refunds.fail(refund, ending));
            sagas.changeStatus(RefundWorkflow.workflowId(refundId), SagaStatus.FAILED);
        });
    }

    @Override
    public void recordContradiction(StepKey key, String refundId, BankAnswer first, BankAnswer later) {
        steps.forward(key, Map.of("first", first, "later", later), () -> {
            LOG.error("refund {}: the bank said {} and then {}", refundId, first, later);
            RefundRow refund = refunds.get(refundId);
            payments.recordBankMessage(refund.paymentId(), refundId, "contradiction", later);
            refunds.publish(refund, "refund.contradiction");
        });
    }

    private static IllegalStateException refusedBy(String refundId, ReversalOutcome refusal) {
        return new IllegalStateException("the bank returned " + refundId + " but the ledger refuses: " + refusal);
    }
}
