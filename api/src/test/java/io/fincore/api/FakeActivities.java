package io.fincore.api;

import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.temporal.activity.ActivityInterface;

/** What the fake workflows have written. */
@ActivityInterface
public interface FakeActivities {

    void create(PaymentOrder order);

    void write(PaymentOrder order, PaymentStatus status);

    void resolve(String caseId, String verdict, String note, String resolver);
}
