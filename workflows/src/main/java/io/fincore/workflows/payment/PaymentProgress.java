package io.fincore.workflows.payment;

import io.fincore.workflows.SagaAttributes;
import io.fincore.workflows.SagaStatus;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people see of a running payment: status, the steps so far, what comes next. Decides nothing. */
final class PaymentProgress {

    private final PaymentOrder order;
    private final List<String> rows = new ArrayList<>();
    private PaymentStatus status = PaymentStatus.PENDING;
    private String step = PaymentStep.CREATE.stepName();
    private String next = "the payment's first steps";
    private @Nullable String caseId;

    PaymentProgress(PaymentOrder order) {
        this.order = order;
    }

    PaymentStatus status() {
        return status;
    }

    PaymentState state() {
        return new PaymentState(order.paymentId(), status, step, caseId, next);
    }

    /** Shows a status that stands in the database now. */
    void reached(PaymentStatus reached, SagaStatus saga, String whatComesNext) {
        status = reached;
        next = whatComesNext;
        Workflow.upsertTypedSearchAttributes(
                SagaAttributes.PAYMENT_STATUS.valueSet(reached.code()),
                SagaAttributes.SAGA_STATUS.valueSet(saga.name()),
                SagaAttributes.CUSTOMER_ID.valueSet(order.customerId()),
                SagaAttributes.CURRENCY.valueSet(order.amount().currency().code()),
                SagaAttributes.CORRELATION_ID.valueSet(order.correlationId()));
        show();
    }

    void inReview(String openedCaseId) {
        caseId = openedCaseId;
    }

    void taking(PaymentStep taken) {
        step = taken.stepName();
    }

    /** Adds a line to the timeline. */
    void note(String name, String result) {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis()).truncatedTo(ChronoUnit.MILLIS);
        rows.add("| " + now + " | `" + name + "` | " + result + " |");
        show();
    }

    private void show() {
        Workflow.setCurrentDetails(
                "**" + order.amount() + "** from `" + order.source() + "` — **" + status.code() + "**\n\n" + "Next: "
                        + next + "\n\n| when | step | result |\n|---|---|---|\n" + String.join("\n", rows));
    }
}
