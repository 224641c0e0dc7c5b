package io.fincore.workflows.payment;

import io.fincore.workflows.SagaAttributes;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.Progress;
import io.fincore.workflows.repair.SagaView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people see of a running payment. Decides nothing. */
final class PaymentProgress implements Progress {

    private final PaymentOrder order;
    private final SagaView view;
    private PaymentStatus status = PaymentStatus.PENDING;
    private PaymentStatus statusBeforePerson = PaymentStatus.PENDING;
    private @Nullable String caseId;

    PaymentProgress(PaymentOrder order) {
        this.order = order;
        this.view = new SagaView(
                headline(),
                PaymentStep.CREATE.stepName(),
                List.of(
                        SagaAttributes.CUSTOMER_ID.valueSet(order.customerId()),
                        SagaAttributes.CURRENCY.valueSet(
                                order.amount().currency().code()),
                        SagaAttributes.CORRELATION_ID.valueSet(order.correlationId())));
    }

    PaymentStatus status() {
        return status;
    }

    PaymentState state() {
        return new PaymentState(order.paymentId(), status, view.step(), caseId, view.next());
    }

    /** Shows a status that stands in the database now. */
    void reached(PaymentStatus reached, SagaStatus saga, String whatComesNext) {
        status = reached;
        view.reached(headline(), saga, whatComesNext, SagaAttributes.PAYMENT_STATUS.valueSet(reached.code()));
    }

    void inReview(String openedCaseId) {
        caseId = openedCaseId;
    }

    @Override
    public SagaStatus sagaStatus() {
        return view.sagaStatus();
    }

    @Override
    public String step() {
        return view.step();
    }

    @Override
    public void taking(StepKey step) {
        view.taking(step);
    }

    @Override
    public void note(String name, String result) {
        view.note(name, result);
    }

    @Override
    public void needsPerson(InterventionCause cause, String next) {
        if (status != PaymentStatus.REQUIRES_MANUAL_INTERVENTION) {
            statusBeforePerson = status;
        }
        status = PaymentStatus.REQUIRES_MANUAL_INTERVENTION;
        view.needsPerson(headline(), cause, next, SagaAttributes.PAYMENT_STATUS.valueSet(status.code()));
    }

    @Override
    public void goesOn() {
        status = statusBeforePerson;
        view.goesOn(SagaAttributes.PAYMENT_STATUS.valueSet(status.code()));
    }

    private String headline() {
        return "**" + order.amount() + "** from `" + order.source() + "` — **" + status.code() + "**";
    }
}
