package io.fincore.dev.histories;

import io.fincore.dev.payments.Payer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.Stack;
import io.fincore.money.Money;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.Resolution;
import java.time.Duration;

/** Payments that end by the help of operators. */
final class RepairScenarios extends SagaScenarios {

    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Money SMALL = Money.of(12_50, "EUR");

    private final Payer payer;

    RepairScenarios(Stack stack, TemporalPayments payments) {
        super(stack, payments);
        this.payer = Payer.with(Money.of(10_000_00, "EUR"), stack.postgres());
    }

    @Override
    void begin() {
        unknown("executed", Resolution.EXECUTED, PaymentStatus.COMPLETED);
        unknown("not-executed", Resolution.NOT_EXECUTED, PaymentStatus.FAILED);
        inquiryForced();
        awaitEnds();
        brokenThenRetried("settlement", "settle_hold", BankBehaviour.SETTLES_AT_ONCE, PaymentStatus.COMPLETED);
        awaitEnds();
        brokenThenRetried("release", "release_hold", BankBehaviour.REJECTS_AT_ONCE_AC04, PaymentStatus.FAILED);
        lostCase("opened-again", InterventionAction.RETRY);
        lostCase("given-up", InterventionAction.COMPENSATE);
    }

    private void unknown(String path, Resolution resolution, PaymentStatus end) {
        String workflowId = pastItsDeadline("resolved-as-" + path, end);
        approve(workflowId, order(workflowId, InterventionAction.RESOLVE, resolution));
    }

    private void inquiryForced() {
        order(pastItsDeadline("inquiry-forced", PaymentStatus.COMPLETED), InterventionAction.FORCE_INQUIRY, null);
    }

    private String pastItsDeadline(String path, PaymentStatus end) {
        PaymentOrder order = payer.order(SMALL, BankBehaviour.NEVER_CALLS_BACK.iban(), Duration.ofSeconds(1));
        String workflowId = accepted(path, order, end);
        awaitPerson(workflowId);
        return workflowId;
    }

    private void brokenThenRetried(String path, String function, BankBehaviour behaviour, PaymentStatus end) {
        Broken ledger = new Broken(stack, function);
        PaymentOrder order = payer.order(SMALL, behaviour.iban(), AN_HOUR);
        String workflowId = accepted(path + "-fails-then-retried", order, end);
        awaitPerson(workflowId);
        ledger.mend();
        order(workflowId, InterventionAction.RETRY, null);
    }

    private void lostCase(String path, InterventionAction action) {
        PaymentOrder order = Payer.with(Money.of(10_000_00, "EUR"), stack.postgres())
                .order(Money.of(6_000_00, "EUR"), BankBehaviour.SETTLES_AT_ONCE.iban(), AN_HOUR);
        String workflowId = accepted("case-lost-" + path, order, PaymentStatus.REJECTED);
        payments.client()
                .newUntypedWorkflowStub(TemporalPayments.caseWorkflowId(order))
                .terminate("by mistake");
        awaitPerson(workflowId);
        String intervention = order(workflowId, action, null);
        if (action == InterventionAction.COMPENSATE) {
            approve(workflowId, intervention);
        }
    }

    private String accepted(String path, PaymentOrder order, PaymentStatus end) {
        payments.accept(order);
        String workflowId = PaymentWorkflow.workflowId(order.paymentId());
        expect("payment-" + path, workflowId, end.code());
        return workflowId;
    }
}
