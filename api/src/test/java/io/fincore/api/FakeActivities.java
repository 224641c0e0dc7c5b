package io.fincore.api;

import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.compliance.CaseNote;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundReservation;
import io.temporal.activity.ActivityInterface;
import org.jspecify.annotations.Nullable;

/** What the fake workflows have written. */
@ActivityInterface
public interface FakeActivities {

    void create(PaymentOrder order);

    void write(PaymentOrder order, PaymentStatus status);

    void resolve(String caseId, String verdict, String note, String resolver);

    void assign(String caseId, String assignee);

    void addNote(String caseId, CaseNote note);

    void createRefund(RefundOrder order);

    void refuseRefund(RefundOrder order, RefundReservation.Refused refusal);

    void giveUpRefund(RefundOrder order);

    void completeRefund(RefundOrder order);

    void failRefund(RefundOrder order, String code, String detail);

    void createActivation(ActivationOrder order);

    void writeActivation(
            ActivationOrder order, ActivationStatus status, @Nullable String code, @Nullable String detail);
}
