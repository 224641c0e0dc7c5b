package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.ledger.Wallet;
import io.fincore.ledger.Wallets;
import io.fincore.money.EndToEndId;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import io.fincore.providers.BankStatus;
import io.fincore.providers.InquiryAnswer;
import io.fincore.providers.ReturnRequest;
import io.fincore.providers.SendAnswer;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.refund.RefundAcceptance;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundReservation;
import io.fincore.workflows.refund.RefundStatus;
import io.fincore.workflows.refund.RefundWorkflow;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.fincore.workflows.repair.Resolution;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class RefundSagaTest {

    private final PaymentSaga saga = new PaymentSaga();
    private final Refunds refunds = new Refunds(saga);
    private final Operators operators = new Operators(saga);
    private final PaymentOrder payment = saga.order(1250);

    RefundSagaTest() {
        assertThat(saga.run(payment)).isEqualTo(PaymentStatus.COMPLETED);
    }

    @AfterEach
    void close() {
        saga.close();
    }

    @Test
    void givesAllOfThePaymentBack() {
        RefundOrder order = refunds.order(payment, null);

        assertThat(refunds.accept(order)).isEqualTo(new RefundAcceptance(null));

        assertThat(refunds.end(order)).isEqualTo(RefundStatus.COMPLETED);
        assertRefunded("refunded 1250 of 1250, 0 reserved", 0);
        assertThat(saga.bank.receivedReturns).extracting(ReturnRequest::amount).containsExactly(eur(1250));
        assertThat(saga.events(order.refundId())).containsExactly("refund.created", "refund.completed");
        assertThat(saga.events(payment)).endsWith("payment.completed", "payment.refunded");
        assertThat(saga.histories(payment)).containsExactly("pending", "processing", "completed", "refunded");
        assertThat(sagaStatus(order)).isEqualTo("SUCCEEDED");
    }

    @Test
    void givesAPartBack() {
        RefundOrder order = refunds.order(payment, eur(500));

        assertThat(refunds.run(order)).isEqualTo(RefundStatus.COMPLETED);

        assertRefunded("partially_refunded 500 of 1250, 0 reserved", -750);
        assertThat(saga.events(payment)).endsWith("payment.partially_refunded");
    }

    @Test
    void givesSeveralPartsBackToExactlyTheRemainder() {
        assertThat(refunds.run(refunds.order(payment, eur(500)))).isEqualTo(RefundStatus.COMPLETED);
        assertThat(refunds.run(refunds.order(payment, eur(250)))).isEqualTo(RefundStatus.COMPLETED);
        assertRefunded("partially_refunded 750 of 1250, 0 reserved", -500);

        assertThat(refunds.run(refunds.order(payment, null))).isEqualTo(RefundStatus.COMPLETED);

        assertRefunded("refunded 1250 of 1250, 0 reserved", 0);
        assertThat(saga.bank.receivedReturns)
                .extracting(ReturnRequest::amount)
                .containsExactly(eur(500), eur(250), eur(500));
        assertThat(saga.histories(payment))
                .as("one line for each refund")
                .containsExactly(
                        "pending", "processing", "completed", "partially_refunded", "partially_refunded", "refunded");
    }

    @Test
    void createsNothingOfMoreThanTheRemainder() {
        refunds.run(refunds.order(payment, eur(500)));
        RefundOrder order = refunds.order(payment, eur(751));

        assertThat(refusal(refunds.accept(order))).isEqualTo("refund_exceeds_remainder");

        assertThat(refunds.end(order)).isEqualTo(RefundStatus.FAILED);
        assertThat(refunds.status(order)).as("a refund").isEmpty();
        assertThat(saga.events(order.refundId())).isEmpty();
        assertThat(sagaStatus(order)).isEqualTo("FAILED");
        assertRefunded("partially_refunded 500 of 1250, 0 reserved", -750);
        assertThat(saga.bank.receivedReturns).hasSize(1);
    }

    @Test
    void createsNothingOfAPaymentThatIsRefundedOrNeverCompleted() {
        refunds.run(refunds.order(payment, null));
        saga.bank.willAnswer(new BankStatus.Rejected("AC04", "closed account"));
        PaymentOrder failed = saga.order(300);
        saga.run(failed);

        assertThat(refusal(refunds.accept(refunds.order(payment, null)))).isEqualTo("payment_not_refundable");
        assertThat(refusal(refunds.accept(refunds.order(payment, eur(1))))).isEqualTo("payment_not_refundable");
        assertThat(refusal(refunds.accept(refunds.order(failed, null)))).isEqualTo("payment_not_refundable");

        assertRefunded("refunded 1250 of 1250, 0 reserved", 0);
        assertThat(saga.bank.receivedReturns).hasSize(1);
    }

    @Test
    void neverGivesBackMoreThanThereIsWhenTwentyComeAtOnce() throws InterruptedException, ExecutionException {
        List<Callable<RefundStatus>> attempts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            attempts.add(() -> refunds.run(refunds.order(payment, eur(100))));
        }
        List<RefundStatus> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            for (Future<RefundStatus> end : threads.invokeAll(attempts)) {
                ends.add(end.get());
            }
        }

        assertThat(ends).filteredOn(RefundStatus.COMPLETED::equals).hasSize(12);
        assertThat(ends).filteredOn(RefundStatus.FAILED::equals).hasSize(8);
        assertRefunded("partially_refunded 1200 of 1250, 0 reserved", -50);
        assertThat(saga.bank.receivedReturns).hasSize(12);
    }

    @Test
    void givesTheReservationUpWhenTheBankRefuses() {
        saga.bank.willAnswer(new BankStatus.Rejected("AC04", "closed account"));
        RefundOrder order = refunds.order(payment, null);

        assertThat(refunds.run(order)).isEqualTo(RefundStatus.FAILED);

        assertThat(refunds.status(order)).isEqualTo("failed bank_rejected");
        assertThat(saga.events(order.refundId())).containsExactly("refund.created", "refund.failed");
        assertRefunded("completed 0 of 1250, 0 reserved", -1250);
        assertThat(refunds.run(refunds.order(payment, null)))
                .as("another refund")
                .isEqualTo(RefundStatus.COMPLETED);
        assertRefunded("refunded 1250 of 1250, 0 reserved", 0);
    }

    @Test
    void givesTheReservationUpWhenTheBankRefusesAfterAccepting() {
        RefundOrder order = refunds.order(payment, null);
        saga.bank.sendAnswers.add(() -> {
            refunds.callback(order, "event-1", new BankAnswer.Rejected("AM04", "no funds"));
            return new BankStatus.Accepted("BANK-1");
        });

        assertThat(refunds.run(order)).isEqualTo(RefundStatus.FAILED);

        assertRefunded("completed 0 of 1250, 0 reserved", -1250);
    }

    @Test
    void findsOutByInquiryWhatBecameOfALostAnswer() {
        saga.bank.willAnswer(new SendAnswer.Unknown("connection reset"));
        RefundOrder order = refunds.order(payment, null);

        assertThat(refunds.run(order)).isEqualTo(RefundStatus.COMPLETED);

        assertRefunded("refunded 1250 of 1250, 0 reserved", 0);
        assertThat(saga.bank.receivedReturns).hasSize(1);
        assertThat(saga.bank.inquiries).hasSize(1);
    }

    @Test
    void asksAgainOnlyAfterTheBankKnewNothingTwice() {
        saga.bank.willAnswer(new SendAnswer.Unknown("connection reset"));
        saga.bank.willAnswerInquiry(new InquiryAnswer.NotKnown(), new InquiryAnswer.NotKnown());
        RefundOrder order = refunds.order(payment, null);

        assertThat(refunds.run(order)).isEqualTo(RefundStatus.COMPLETED);

        assertThat(saga.bank.receivedReturns)
                .extracting(ReturnRequest::id)
                .hasSize(2)
                .containsOnly(EndToEndId.ofRefund(order.refundId()));
        assertRefunded("refunded 1250 of 1250, 0 reserved", 0);
    }

    @Test
    void failsWhenTheBankCouldNotBeAskedInTime() {
        saga.bank.circuitOpen = true;
        RefundOrder order = refunds.order(payment, null, Duration.ofMinutes(5));

        assertThat(refunds.run(order)).isEqualTo(RefundStatus.FAILED);

        assertThat(refunds.status(order)).isEqualTo("failed deadline_exceeded");
        assertRefunded("completed 0 of 1250, 0 reserved", -1250);
        assertThat(saga.bank.receivedReturns).isEmpty();
    }

    @Test
    void isNotAskedForOnceItIsCancelledInTemporal() {
        saga.bank.circuitOpen = true;
        RefundOrder order = refunds.order(payment, null);
        refunds.accept(order);

        WorkflowStub.fromTyped(refunds.workflow(order)).cancel();

        PaymentSaga.await(() -> refunds.status(order).equals("failed cancelled"));
        saga.bank.circuitOpen = false;
        assertRefunded("completed 0 of 1250, 0 reserved", -1250);
        assertThat(saga.bank.receivedReturns).isEmpty();
    }

    @Test
    void keepsTheReservationWhileTheOutcomeIsUnknownAndConsumesItWhenTwoSayThatTheBankHasPaid() {
        RefundOrder order = silentUntilTheDeadline();
        assertThat(refunds.status(order)).isEqualTo("requires_manual_intervention");
        assertThat(refunds.payment(payment)).isEqualTo("completed 0 of 1250, 1250 reserved");
        assertThat(refusal(refunds.accept(refunds.order(payment, eur(1))))).isEqualTo("refund_exceeds_remainder");

        resolve(order, Resolution.EXECUTED);

        assertThat(refunds.end(order)).isEqualTo(RefundStatus.COMPLETED);
        assertRefunded("refunded 1250 of 1250, 0 reserved", 0);
        assertThat(operators.interventions(workflowId(order))).containsExactly("resolve done");
    }

    @Test
    void givesTheReservationUpWhenTwoSayThatTheBankWillNeverPay() {
        RefundOrder order = silentUntilTheDeadline();

        resolve(order, Resolution.NOT_EXECUTED);

        assertThat(refunds.end(order)).isEqualTo(RefundStatus.FAILED);
        assertRefunded("completed 0 of 1250, 0 reserved", -1250);
        assertThat(saga.jdbc
                        .sql("SELECT failure_detail FROM payments.refund")
                        .query(String.class)
                        .single())
                .isEqualTo("The bank has not returned the money.");
        assertThat(operators.interventions(workflowId(order))).containsExactly("resolve done");
    }

    @Test
    void endsByItselfWhenTheBankIsHeardOfAfterTheDeadline() {
        RefundOrder order = silentUntilTheDeadline();

        refunds.callback(order, "event-1", new BankAnswer.Settled("BANK-1"));

        assertThat(refunds.end(order)).isEqualTo(RefundStatus.COMPLETED);
        assertRefunded("refunded 1250 of 1250, 0 reserved", 0);
    }

    @Test
    void restsWithAllThatAnOperatorNeedsWhenTheLedgerFailsAfterTheBankHasPaid() {
        saga.saboteur.plan("ledger.post-reversal", Fault.PERMANENT);
        RefundOrder order = refunds.order(payment, null);
        refunds.start(order);
        operators.awaitCall(workflowId(order));

        assertThat(refunds.status(order)).isEqualTo("requires_manual_intervention");
        assertThat(refunds.payment(payment)).isEqualTo("completed 0 of 1250, 1250 reserved");
        assertThat(saga.jdbc
                        .sql(
                                "SELECT status || ' ' || cause || ': ' || cause_detail FROM saga.saga WHERE subject_id = :id")
                        .param("id", order.refundId())
                        .query(String.class)
                        .single())
                .startsWith("REQUIRES_MANUAL_INTERVENTION step_failed: ledger.post-reversal failed: ");
        assertThat(saga.jdbc
                        .sql("""
                        SELECT concat_ws(' ', payload ->> 'type', payload ->> 'step', payload ->> 'cause', payload ->> 'runbook')
                          FROM outbox.event WHERE type = 'saga.requires_manual_intervention' AND subject_id = :id""")
                        .param("id", order.refundId())
                        .query(String.class)
                        .single())
                .isEqualTo("refund ledger.post-reversal step_failed docs/operating/runbooks/step-failed.md");

        saga.saboteur.repair("ledger.post-reversal");
        assertThat(operators.retry(workflowId(order))).isEqualTo(InterventionStatus.TAKEN);

        assertThat(refunds.end(order)).isEqualTo(RefundStatus.COMPLETED);
        assertRefunded("refunded 1250 of 1250, 0 reserved", 0);
        assertThat(sagaStatus(order)).isEqualTo("SUCCEEDED");
        assertThat(saga.bank.receivedReturns).hasSize(1);
    }

    /** Returns when a person is called. */
    private RefundOrder silentUntilTheDeadline() {
        saga.bank.willAnswer(new BankStatus.Accepted("BANK-1"));
        for (int i = 0; i < 50; i++) {
            saga.bank.willAnswerInquiry(new BankStatus.Accepted("BANK-1"));
        }
        RefundOrder order = refunds.order(payment, null, Duration.ofMinutes(5));
        refunds.start(order);
        operators.awaitCall(workflowId(order));
        return order;
    }

    private void resolve(RefundOrder order, Resolution resolution) {
        InterventionOrder said = Operators.order(InterventionAction.RESOLVE, resolution);
        assertThat(operators.intervene(workflowId(order), said)).isEqualTo(InterventionStatus.REQUESTED);
        assertThat(refunds.status(order)).isEqualTo("requires_manual_intervention");
        assertThat(operators.approve(workflowId(order), said, Operators.OSCAR)).isEqualTo(InterventionStatus.TAKEN);
    }

    /** @param walletChange since the wallet got its funds */
    private void assertRefunded(String paymentRow, long walletChange) {
        assertThat(refunds.payment(payment)).isEqualTo(paymentRow);
        Wallet wallet = new Wallets(saga.database.as(DatabaseRole.WORKER))
                .find(saga.wallet.id())
                .orElseThrow();
        assertThat(wallet.balance().minorUnits()).isEqualTo(PaymentSaga.FUNDS.minorUnits() + walletChange);
        assertThat(wallet.available()).isEqualTo(wallet.balance());
        saga.assertBookIsSound();
    }

    private String sagaStatus(RefundOrder order) {
        return saga.jdbc
                .sql("SELECT status FROM saga.saga WHERE subject_id = :id")
                .param("id", order.refundId())
                .query(String.class)
                .single();
    }

    private static String workflowId(RefundOrder order) {
        return RefundWorkflow.workflowId(order.refundId());
    }

    private static String refusal(RefundAcceptance acceptance) {
        RefundReservation.Refused refused = acceptance.refusal();
        return refused == null ? "" : refused.code();
    }

    private static Money eur(long minorUnits) {
        return Money.of(minorUnits, "EUR");
    }
}
