package io.fincore.api.refunds;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.Claim;
import io.fincore.api.orders.Orders;
import io.fincore.api.payments.OwnPayments;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.api.settings.FincoreProperties;
import io.fincore.api.temporal.WorkflowStart;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.workflows.refund.RefundAcceptance;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundReservation;
import io.fincore.workflows.refund.RefundWorkflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Refunds, as orders. */
@Component
class RefundOrders implements Orders<RefundDocument, StoredRefund, RefundAcceptance> {

    private final OwnPayments payments;
    private final RefundReader refunds;
    private final Answers answers;
    private final Duration deadline;

    RefundOrders(OwnPayments payments, RefundReader refunds, Answers answers, FincoreProperties properties) {
        this.payments = payments;
        this.refunds = refunds;
        this.answers = answers;
        this.deadline = properties.refunds().deadline();
    }

    /** @throws ProblemException if so much was never left; what refunds under way have taken, only the workflow knows */
    RefundDocument checked(Caller caller, String paymentId, RefundRequest request) {
        Money remainder = payments.requireRefundable(caller, paymentId);
        if (request.amount() != null && request.amount() > remainder.minorUnits()) {
            throw new ProblemException(
                    ProblemType.REFUND_EXCEEDS_REMAINDER,
                    "More than is left of the payment: " + remainder + " can still be refunded.");
        }
        return RefundDocument.of(request, paymentId, remainder.currency().code());
    }

    @Override
    public IdType idType() {
        return IdType.REFUND;
    }

    @Override
    public Class<RefundDocument> documentType() {
        return RefundDocument.class;
    }

    @Override
    public WorkflowStart<RefundAcceptance> workflow(Claim.Won claim, RefundDocument document) {
        RefundOrder order = new RefundOrder(
                claim.resourceId(),
                document.payment(),
                claim.call().caller().tenant(),
                claim.call().caller().principal(),
                document.money(),
                document.reason(),
                document.metadata(),
                claim.correlationId(),
                claim.claimedAt(),
                Instant.now().plus(deadline));
        return new WorkflowStart<>(
                RefundWorkflow.WORKFLOW_TYPE,
                RefundWorkflow.workflowId(order.refundId()),
                order.refundId(),
                order,
                RefundAcceptance.class,
                document.summary());
    }

    @Override
    public boolean isWritten(String id) {
        return refunds.isWritten(id);
    }

    @Override
    public Optional<StoredRefund> find(Caller caller, String id) {
        return refunds.find(caller, id);
    }

    @Override
    public Optional<ProblemException> refusal(Claim.Won claim, RefundAcceptance acceptance) {
        RefundReservation.Refused refused = acceptance.refusal();
        // After a fault of ours the refund may have been created and ended: then it is shown like any other.
        return refused == null || refunds.isCreated(claim.resourceId())
                ? Optional.empty()
                : Optional.of(problem(refused));
    }

    @Override
    public Answer answer(StoredRefund refund) {
        RefundReservation.Refused refused = refund.refusal();
        return refused == null
                ? answers.json(HttpStatus.ACCEPTED, RefundController.PATH + "/" + refund.id(), refund.body())
                : answers.problem(problem(refused));
    }

    private static ProblemException problem(RefundReservation.Refused refused) {
        return switch (refused.code()) {
            case "refund_exceeds_remainder" ->
                new ProblemException(ProblemType.REFUND_EXCEEDS_REMAINDER, refused.detail());
            // It was completed when the order came: only refunds lead on from there.
            case "payment_not_refundable" -> new ProblemException(ProblemType.PAYMENT_REFUNDED, refused.detail());
            default ->
                new ProblemException(ProblemType.INTERNAL_ERROR, "The refund could not be created; nothing was done.");
        };
    }
}
