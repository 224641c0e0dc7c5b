package io.fincore.steps;

import io.fincore.workflows.StepKey;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.bank.SendClaim;
import io.fincore.workflows.payment.DecisionResult;
import io.fincore.workflows.payment.Ending;
import io.fincore.workflows.payment.PaymentActivities;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentStep;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class PaymentActivitiesImpl implements PaymentActivities {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentActivitiesImpl.class);
    private static final String SYSTEM = "system";

    private final StepRecorder steps;
    private final PaymentStore payments;
    private final CaseStore cases;
    private final BankCallStore calls;

    PaymentActivitiesImpl(StepRecorder steps, PaymentStore payments, CaseStore cases, BankCallStore calls) {
        this.steps = steps;
        this.payments = payments;
        this.cases = cases;
        this.calls = calls;
    }

    @Override
    public void create(StepKey key, PaymentOrder order) {
        steps.orderedBy(order.principal(), order.clientIp()).forward(key, order, () -> payments.create(order));
    }

    @Override
    public void markInReview(StepKey key, String paymentId, String caseId, List<DecisionResult.Reason> reasons) {
        steps.forward(key, caseId, () -> {
            payments.changeStatus(
                    paymentId, PaymentStatus.IN_REVIEW, "compliance case " + caseId + " was opened", SYSTEM);
            cases.open(caseId, payments.get(paymentId), reasons);
        });
    }

    @Override
    public void markProcessing(StepKey key, String paymentId) {
        steps.forward(
                key,
                null,
                () -> payments.changeStatus(paymentId, PaymentStatus.PROCESSING, "the money is held", SYSTEM));
    }

    @Override
    public boolean claim(StepKey key, String paymentId, SendClaim claim) {
        return steps.forward(key, null, Boolean.class, () -> payments.claim(paymentId, claim.code()));
    }

    @Override
    public void complete(StepKey key, String paymentId) {
        steps.forward(
                key,
                null,
                () -> payments.changeStatus(paymentId, PaymentStatus.COMPLETED, "the bank has settled", SYSTEM));
    }

    @Override
    public void end(StepKey key, PaymentOrder order, Ending ending) {
        steps.orderedBy(ending.actor()).undo(key, () -> {
            // The order may have failed before it was written: it ends on record all the same.
            payments.create(order);
            if (ending.answer() != null) {
                calls.closeForEver(PaymentStep.SEND.key(order.paymentId()), ending.answer());
                steps.happened(PaymentStep.ANSWER.key(order.paymentId()), ending.answer());
            }
            payments.changeStatus(order.paymentId(), ending.status(), ending.detail(), ending.actor(), ending.code());
        });
    }

    @Override
    public void recordContradiction(StepKey key, String paymentId, BankAnswer first, BankAnswer later) {
        steps.forward(key, later, () -> {
            LOG.error("payment {}: the bank said {} and then {}", paymentId, first, later);
            payments.recordBankMessage(paymentId, null, "contradiction", later);
            payments.publish(
                    payments.get(paymentId),
                    "payment.contradiction",
                    Map.of("first", first.toString(), "later", later.toString()));
        });
    }
}
