package io.fincore.api.payments;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.Claim;
import io.fincore.api.orders.Orders;
import io.fincore.api.security.Caller;
import io.fincore.api.settings.FincoreProperties;
import io.fincore.api.temporal.WorkflowStart;
import io.fincore.api.wallets.OwnWallets;
import io.fincore.ledger.Wallet;
import io.fincore.money.IdType;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Payments, as orders. */
@Component
class PaymentOrders implements Orders<PaymentDocument, StoredPayment, PaymentStatus> {

    private final OwnWallets wallets;
    private final PaymentReader payments;
    private final Answers answers;
    private final Duration deadline;

    PaymentOrders(OwnWallets wallets, PaymentReader payments, Answers answers, FincoreProperties properties) {
        this.wallets = wallets;
        this.payments = payments;
        this.answers = answers;
        this.deadline = properties.payments().deadline();
    }

    /** @throws io.fincore.api.problem.ProblemException if the source cannot pay it */
    PaymentDocument checked(Caller caller, PaymentRequest request, @Nullable String clientIp) {
        Wallet source = wallets.requirePayable(caller, request.source(), request.money());
        return PaymentDocument.of(request, source.customerId(), clientIp);
    }

    @Override
    public IdType idType() {
        return IdType.PAYMENT;
    }

    @Override
    public Class<PaymentDocument> documentType() {
        return PaymentDocument.class;
    }

    @Override
    public WorkflowStart<PaymentStatus> workflow(Claim.Won claim, PaymentDocument document) {
        PaymentOrder order = new PaymentOrder(
                claim.resourceId(),
                claim.call().caller().tenant(),
                claim.call().caller().principal(),
                document.customerId(),
                document.source(),
                document.money(),
                document.creditor(),
                document.reference(),
                document.metadata(),
                document.clientIp(),
                claim.correlationId(),
                claim.claimedAt(),
                Instant.now().plus(deadline));
        return new WorkflowStart<>(
                PaymentWorkflow.WORKFLOW_TYPE,
                PaymentWorkflow.workflowId(order.paymentId()),
                order.paymentId(),
                order,
                PaymentStatus.class,
                document.summary());
    }

    @Override
    public boolean isWritten(String id) {
        return payments.isWritten(id);
    }

    @Override
    public Optional<StoredPayment> find(Caller caller, String id) {
        return payments.find(caller, id);
    }

    @Override
    public Answer answer(StoredPayment payment) {
        return answers.json(HttpStatus.ACCEPTED, PaymentController.PATH + "/" + payment.id(), payment.body());
    }
}
