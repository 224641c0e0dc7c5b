package io.fincore.dev.histories;

import io.fincore.dev.payments.Payer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.Stack;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.workflows.compliance.CaseAssignment;
import io.fincore.workflows.compliance.CaseNote;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import java.time.Duration;

/** Compliance cases whose life is longer than a verdict. */
final class CaseScenarios extends SagaScenarios {

    private static final String OFFICER = "olga";

    CaseScenarios(Stack stack, TemporalPayments payments) {
        super(stack, payments);
    }

    @Override
    void begin() {
        PaymentOrder expired = reviewed();
        expect("case-expired", TemporalPayments.caseWorkflowId(expired), CaseVerdict.EXPIRED.name());
        expect("payment-review-expired", workflowId(expired), PaymentStatus.REJECTED.code());
        workedOn();
        awaitEnds();
        reopened();
    }

    private void workedOn() {
        PaymentOrder order = reviewed();
        payments.caseOf(order).assign(new CaseAssignment("assignment-1", OFFICER, "otto"));
        payments.caseOf(order).addNote(new CaseNote(IdType.NOTE.next(), OFFICER, "asked the customer"));
        payments.caseOf(order).resolve(new CaseResolution(OFFICER, true, "plausible"));
        expect("case-assigned-and-noted", TemporalPayments.caseWorkflowId(order), CaseVerdict.APPROVED.name());
    }

    /** The ledger does not give the money back at first: the case is open again. */
    private void reopened() {
        PaymentOrder order = reviewed();
        Broken ledger = new Broken(stack, "release_hold");
        payments.caseOf(order).resolve(new CaseResolution(OFFICER, false, "not plausible"));
        Pause.until(
                "the case is open again", () -> payments.caseOf(order).state().round() == 2);
        ledger.mend();
        payments.caseOf(order).resolve(new CaseResolution(OFFICER, false, "still not plausible"));
        expect("case-reopened", TemporalPayments.caseWorkflowId(order), CaseVerdict.REJECTED.name());
        expect("payment-review-reopened", workflowId(order), PaymentStatus.REJECTED.code());
    }

    /** Large, and from a payer that never paid before. */
    private PaymentOrder reviewed() {
        PaymentOrder order = Payer.with(Money.of(10_000_00, "EUR"), stack.postgres())
                .order(Money.of(6_000_00, "EUR"), BankBehaviour.SETTLES_AT_ONCE.iban(), Duration.ofHours(1));
        payments.accept(order);
        return order;
    }

    private static String workflowId(PaymentOrder order) {
        return PaymentWorkflow.workflowId(order.paymentId());
    }
}
