package io.fincore.steps;

import io.fincore.providers.BankStatus;
import io.fincore.providers.SendAnswer;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.bank.BankActivities;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import io.fincore.workflows.payment.CancellationOutcome;
import io.fincore.workflows.payment.CancellationRequest;
import io.fincore.workflows.payment.DecisionActivities;
import io.fincore.workflows.payment.LedgerActivities;
import io.fincore.workflows.payment.PaymentActivities;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStep;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.Resolution;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A payment on one of the paths of {@link PaymentMatrix}. */
final class PaymentCourse extends Course {

    private final String path;
    private final PaymentOrder order;

    PaymentCourse(String path, PaymentSaga saga) {
        super(saga);
        this.path = path;
        this.order = saga.order(path.equals("is approved") ? 6_000_00 : 12_50, "ACME GmbH", Duration.ofMinutes(5));
    }

    @Override
    String workflowId() {
        return PaymentWorkflow.workflowId(order.paymentId());
    }

    @Override
    List<String> traces() {
        return List.of(order.paymentId().substring("pay_".length()), saga.wallet.id(), saga.wallet.customerId());
    }

    @Override
    void start() {
        switch (path) {
            case "pays" -> saga.start(order);
            case "asks" -> {
                saga.bank.willAnswer(new SendAnswer.Unknown("connection reset"));
                saga.start(order);
            }
            case "is refused" -> {
                saga.bank.willAnswer(new BankStatus.Rejected("AC04", "closed account"));
                saga.start(order);
            }
            case "hears twice" -> hearTwice();
            case "is approved" -> approve();
            case "is cancelled" -> cancel();
            case "is resolved" -> resolve();
            case "recovers" -> recover();
            default -> throw new IllegalArgumentException(path);
        }
    }

    private void hearTwice() {
        saga.bank.sendAnswers.add(() -> {
            saga.callback(order, "event-1", new BankAnswer.Settled("BANK-1"));
            saga.callback(order, "event-2", new BankAnswer.Rejected("AC04", "closed account"));
            return new BankStatus.Settled("BANK-1");
        });
        saga.start(order);
    }

    private void approve() {
        saga.start(order);
        await(() -> saga.histories(order).contains("in_review"));
        if (saga.histories(order).contains("in_review")) {
            stub(ComplianceCaseWorkflow.workflowId(ComplianceCaseWorkflow.caseId(order.paymentId())))
                    .update("resolve", CaseVerdict.class, new CaseResolution(Operators.OLGA, true, "known supplier"));
        }
    }

    private void cancel() {
        saga.bank.circuitOpen = true;
        saga.start(order);
        await(() -> saga.histories(order).contains("processing"));
        stub(workflowId())
                .startUpdate(
                        "cancel",
                        WorkflowUpdateStage.ACCEPTED,
                        CancellationOutcome.class,
                        new CancellationRequest(PaymentSaga.OWNER, "changed my mind"));
    }

    private void recover() {
        saga.saboteur.plan("ledger.settle", Fault.PERMANENT);
        saga.start(order);
        operators.awaitCall(workflowId());
        saga.saboteur.repair("ledger.settle");
        operators.retry(workflowId());
    }

    private void resolve() {
        saga.bank.willAnswer(new BankStatus.Accepted("BANK-1"));
        for (int i = 0; i < 50; i++) {
            saga.bank.willAnswerInquiry(new BankStatus.Accepted("BANK-1"));
        }
        saga.start(order);
        operators.awaitCall(workflowId());
        InterventionOrder said = Operators.order(InterventionAction.RESOLVE, Resolution.EXECUTED);
        untilRecorded(() -> operators.intervene(workflowId(), said));
        untilRecorded(() -> operators.approve(workflowId(), said, Operators.OSCAR));
    }

    @Override
    Map<String, String> ending() {
        return Map.of(
                "payment", paymentStatus(order.paymentId()),
                "saga", sagaStatus(workflowId()),
                "wallet", walletChange(),
                "bank", String.valueOf(saga.bank.received.size()),
                "said", said(),
                "record", record(workflowId(), PaymentMatrix.STEPS));
    }

    /** What operators said became of the payment. */
    private String said() {
        return String.join(
                ", ",
                operators.interventions(workflowId()).stream()
                        .filter(intervention -> intervention.startsWith("resolve"))
                        .toList());
    }

    @Override
    Object attempt(String step, TestActivityEnvironment activities) {
        String id = order.paymentId();
        return switch (step) {
            case "payment.create" -> {
                activities.newActivityStub(PaymentActivities.class).create(key(PaymentStep.CREATE), order);
                yield NOTHING;
            }
            case "decision.evaluate" ->
                activities.newActivityStub(DecisionActivities.class).evaluate(key(PaymentStep.EVALUATE), id);
            case "ledger.hold" ->
                activities.newActivityStub(LedgerActivities.class).hold(key(PaymentStep.HOLD), id);
            case "payment.mark-processing" -> {
                activities
                        .newActivityStub(PaymentActivities.class)
                        .markProcessing(key(PaymentStep.MARK_PROCESSING), id);
                yield NOTHING;
            }
            case "bank.send" ->
                activities
                        .newActivityStub(BankActivities.class)
                        .send(key(PaymentStep.SEND), id, path.equals("asks") ? 2 : 1, NEVER);
            default -> throw new IllegalArgumentException(step);
        };
    }

    private StepKey key(PaymentStep step) {
        return step.key(order.paymentId());
    }
}
