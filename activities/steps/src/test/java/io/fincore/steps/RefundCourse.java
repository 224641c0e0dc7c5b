package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.providers.BankStatus;
import io.fincore.providers.SendAnswer;
import io.fincore.workflows.bank.BankActivities;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.refund.RefundActivities;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundStep;
import io.fincore.workflows.refund.RefundWorkflow;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.Resolution;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The refund of all of a payment, on one of the paths of {@link RefundMatrix}. */
final class RefundCourse extends Course {

    private final String path;
    private final PaymentOrder payment;
    private final Refunds refunds;
    private final RefundOrder order;

    RefundCourse(String path, PaymentSaga saga) {
        super(saga);
        this.path = path;
        this.payment = saga.order(12_50);
        this.refunds = new Refunds(saga);
        assertThat(saga.run(payment)).isEqualTo(PaymentStatus.COMPLETED);
        this.order = refunds.order(payment, null, Duration.ofMinutes(5));
    }

    @Override
    String workflowId() {
        return RefundWorkflow.workflowId(order.refundId());
    }

    @Override
    List<String> traces() {
        return List.of(
                order.refundId().substring("ref_".length()),
                payment.paymentId().substring("pay_".length()),
                saga.wallet.id());
    }

    @Override
    void start() {
        switch (path) {
            case "refunds" -> {}
            case "asks" -> saga.bank.willAnswer(new SendAnswer.Unknown("connection reset"));
            case "is refused" -> saga.bank.willAnswer(new BankStatus.Rejected("AC04", "closed account"));
            case "never asks" -> saga.bank.circuitOpen = true;
            case "hears twice" -> hearTwice();
            case "is resolved" -> beSilent();
            default -> throw new IllegalArgumentException(path);
        }
        refunds.start(order);
        if (path.equals("is resolved")) {
            operators.awaitCall(workflowId());
            InterventionOrder said = Operators.order(InterventionAction.RESOLVE, Resolution.EXECUTED);
            operators.intervene(workflowId(), said);
            operators.approve(workflowId(), said, Operators.OSCAR);
        }
    }

    private void hearTwice() {
        saga.bank.sendAnswers.add(() -> {
            refunds.callback(order, "event-1", new BankAnswer.Settled("BANK-1"));
            refunds.callback(order, "event-2", new BankAnswer.Rejected("AC04", "closed account"));
            return new BankStatus.Settled("BANK-1");
        });
    }

    private void beSilent() {
        saga.bank.willAnswer(new BankStatus.Accepted("BANK-1"));
        for (int i = 0; i < 50; i++) {
            saga.bank.willAnswerInquiry(new BankStatus.Accepted("BANK-1"));
        }
    }

    @Override
    Map<String, String> ending() {
        return Map.of(
                "refund", refunds.status(order),
                "saga", sagaStatus(workflowId()),
                "payment", refunds.payment(payment),
                "wallet", walletChange(),
                "bank", String.valueOf(saga.bank.receivedReturns.size()),
                "record", record(workflowId(), RefundMatrix.STEPS));
    }

    @Override
    Object attempt(String step, TestActivityEnvironment activities) {
        return switch (step) {
            case "refund.create" ->
                activities
                        .newActivityStub(RefundActivities.class)
                        .create(RefundStep.CREATE.key(order.refundId()), order);
            case "bank.refund" ->
                activities
                        .newActivityStub(BankActivities.class)
                        .refund(
                                RefundStep.ASK.key(order.refundId()),
                                order.refundId(),
                                path.equals("asks") ? 2 : 1,
                                NEVER);
            default -> throw new IllegalArgumentException(step);
        };
    }
}
