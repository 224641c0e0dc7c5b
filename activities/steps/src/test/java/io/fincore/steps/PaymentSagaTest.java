package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.providers.BankStatus;
import io.fincore.providers.InquiryAnswer;
import io.fincore.providers.SendAnswer;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import io.fincore.workflows.payment.CancellationRequest;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaymentSagaTest {

    private final PaymentSaga saga = new PaymentSaga();

    @AfterEach
    void close() {
        saga.close();
    }

    @Test
    void settlesAndTellsTheClientBeforeTheBankWasAsked() {
        PaymentOrder order = saga.order(1250);

        assertThat(saga.accept(order)).isEqualTo(PaymentStatus.PROCESSING);

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.COMPLETED);
        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
        assertThat(saga.bank.received).hasSize(1);
        assertThat(saga.histories(order)).containsExactly("pending", "processing", "completed");
        assertThat(saga.events(order)).containsExactly("payment.created", "payment.processing", "payment.completed");
        assertThat(saga.steps(order))
                .containsExactly(
                        "payment.create=SUCCEEDED",
                        "decision.evaluate=SUCCEEDED",
                        "ledger.hold=SUCCEEDED",
                        "payment.mark-processing=SUCCEEDED",
                        "bank.send=SUCCEEDED",
                        "ledger.settle=SUCCEEDED",
                        "bank.answer=SUCCEEDED",
                        "payment.complete=SUCCEEDED");
    }

    @Test
    void releasesHoldWhenBankRejects() {
        saga.bank.willAnswer(new BankStatus.Rejected("AC04", "closed account"));
        PaymentOrder order = saga.order(1250);

        assertThat(saga.run(order)).isEqualTo(PaymentStatus.FAILED);

        saga.assertEnded(order, PaymentStatus.FAILED, "bank_rejected");
        assertThat(saga.steps(order))
                .contains(
                        "ledger.hold=COMPENSATED",
                        "ledger.release=SUCCEEDED",
                        "decision.evaluate=COMPENSATED",
                        "decision.release-limit=SUCCEEDED",
                        "payment.create=COMPENSATED",
                        "payment.mark-failed=SUCCEEDED",
                        "bank.answer=SUCCEEDED");
    }

    @Test
    void releasesHoldWhenBankRejectsAfterAccepting() {
        saga.bank.willAnswer(new BankStatus.Accepted("BANK-1"));
        PaymentOrder order = saga.order(1250);
        saga.bank.sendAnswers.addFirst(() -> {
            saga.callback(order, "event-1", new BankAnswer.Rejected("AM04", "no funds"));
            return new BankStatus.Accepted("BANK-1");
        });

        assertThat(saga.run(order)).isEqualTo(PaymentStatus.FAILED);

        saga.assertEnded(order, PaymentStatus.FAILED, "bank_rejected");
    }

    @Test
    void failsWithoutFunds() {
        PaymentOrder big = saga.order(4_999_00);
        for (int i = 0; i < 20; i++) {
            assertThat(saga.run(saga.order(4_990_00))).isEqualTo(PaymentStatus.COMPLETED);
        }

        assertThat(saga.accept(big)).isEqualTo(PaymentStatus.FAILED);

        assertThat(saga.end(big)).isEqualTo(PaymentStatus.FAILED);
        assertThat(saga.jdbc
                        .sql("SELECT failure_code FROM payments.payment WHERE id = :id")
                        .param("id", big.paymentId())
                        .query(String.class)
                        .single())
                .isEqualTo("insufficient_funds");
        saga.assertBookIsSound();
        assertThat(saga.bank.received).hasSize(20);
    }

    @Test
    void rejectsWhatTheDecisionDeclines() {
        PaymentOrder order = saga.order(1250, "Blocked Person Ltd", Duration.ofHours(1));

        assertThat(saga.accept(order)).isEqualTo(PaymentStatus.REJECTED);

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.REJECTED);
        saga.assertEnded(order, PaymentStatus.REJECTED, "sanctioned_name");
        assertThat(saga.bank.received).isEmpty();
    }

    @Test
    void findsOutByInquiryWhatBecameOfALostAnswer() {
        saga.bank.willAnswer(new SendAnswer.Unknown("connection reset"));
        saga.bank.willAnswerInquiry(new BankStatus.Settled("BANK-7"));
        PaymentOrder order = saga.order(1250);

        assertThat(saga.run(order)).isEqualTo(PaymentStatus.COMPLETED);

        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
        assertThat(saga.bank.received).hasSize(1);
    }

    @Test
    void sendsAgainOnlyAfterTheBankKnewNothingTwice() {
        saga.bank.willAnswer(new SendAnswer.Unknown("connection reset"));
        saga.bank.willAnswerInquiry(new InquiryAnswer.NotKnown(), new InquiryAnswer.NotKnown());
        PaymentOrder order = saga.order(1250);

        assertThat(saga.run(order)).isEqualTo(PaymentStatus.COMPLETED);

        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
        assertThat(saga.bank.received).hasSize(2).allMatch(saga.bank.received.getFirst()::equals);
        assertThat(saga.bank.inquiries).hasSize(2);
    }

    @Test
    void asksWhenTheBankNeverCallsBack() {
        saga.bank.willAnswer(new BankStatus.Accepted("BANK-1"));
        saga.bank.willAnswerInquiry(new BankStatus.Accepted("BANK-1"), new InquiryAnswer.Unavailable("503", null));
        PaymentOrder order = saga.order(1250);

        assertThat(saga.run(order)).isEqualTo(PaymentStatus.COMPLETED);

        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
        assertThat(saga.bank.received).hasSize(1);
        assertThat(saga.bank.inquiries).hasSize(3);
    }

    /** The bank's answer settles the payment in the step that the record names after it: it is no activity of its own. */
    @Test
    void tellsOnceOfEachStepThatIsOnRecordTheCallsToTheBankToo() {
        saga.bank.willAnswer(new SendAnswer.Unknown("connection reset"));
        PaymentOrder order = saga.order(1250);

        assertThat(saga.run(order)).isEqualTo(PaymentStatus.COMPLETED);

        List<String> onRecord = new ArrayList<>(saga.steps(order));
        assertThat(onRecord.remove("bank.answer=SUCCEEDED")).isTrue();
        assertThat(saga.done.stream().map(key -> key.name() + "=SUCCEEDED"))
                .contains("bank.send=SUCCEEDED")
                .containsExactlyInAnyOrderElementsOf(onRecord);
    }

    @Test
    void takesTheFirstFinalAnswerAndAlertsOnAnother() {
        PaymentOrder order = saga.order(1250);
        saga.bank.sendAnswers.add(() -> {
            saga.callback(order, "event-1", new BankAnswer.Settled("BANK-1"));
            saga.callback(order, "event-1", new BankAnswer.Settled("BANK-1"));
            saga.callback(order, "event-2", new BankAnswer.Rejected("AC04", "closed account"));
            return new BankStatus.Settled("BANK-1");
        });

        assertThat(saga.run(order)).isEqualTo(PaymentStatus.COMPLETED);

        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
        assertThat(saga.events(order)).containsOnlyOnce("payment.contradiction");
    }

    @Test
    void cancelsBeforeTheBankIsAsked() {
        saga.bank.circuitOpen = true;
        PaymentOrder order = saga.order(1250);
        assertThat(saga.accept(order)).isEqualTo(PaymentStatus.PROCESSING);

        assertThat(saga.workflow(order).cancel(new CancellationRequest("alice", "changed my mind")))
                .matches(outcome -> outcome.accepted());

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.CANCELLED);
        saga.assertEnded(order, PaymentStatus.CANCELLED, "cancelled");
        assertThat(saga.bank.received).isEmpty();
    }

    /** What a local activity commits for an update would outlive the update if Temporal dropped its workflow task. */
    @Test
    void doesForACancellationNothingByLocalActivities() {
        saga.bank.circuitOpen = true;
        PaymentOrder order = saga.order(1250);
        saga.accept(order);

        saga.workflow(order).cancel(new CancellationRequest("alice", "changed my mind"));

        saga.end(order);
        assertThat(saga.regularActivities(PaymentWorkflow.workflowId(order.paymentId())))
                .containsExactly("bank.send", "payment.claim");
    }

    /** As above. */
    @Test
    void doesForAResolutionNothingByLocalActivities() {
        PaymentOrder order = saga.order(6_000_00);
        saga.accept(order);

        saga.theCase(order).resolve(new CaseResolution("olga", false, "not plausible"));

        saga.end(order);
        assertThat(saga.regularActivities(
                        ComplianceCaseWorkflow.workflowId(ComplianceCaseWorkflow.caseId(order.paymentId()))))
                .containsExactly("case.resolve");
    }

    @Test
    void cancellingInTemporalIsACancellationToo() {
        saga.bank.circuitOpen = true;
        PaymentOrder order = saga.order(1250);
        saga.accept(order);

        WorkflowStub.fromTyped(saga.workflow(order)).cancel();

        // Temporal closes a workflow that was asked to cancel as cancelled, whatever it returns.
        assertThatThrownBy(() -> saga.end(order)).hasCauseInstanceOf(CanceledFailure.class);
        saga.assertEnded(order, PaymentStatus.CANCELLED, "cancelled");
    }

    /** As after a reset of the workflow to a point before the cancellation. */
    @Test
    void endsCancelledWhenItsHistoryKnowsNothingOfTheClaim() {
        saga.bank.circuitOpen = true;
        PaymentOrder order = saga.order(1250);
        saga.accept(order);
        saga.jdbc
                .sql("UPDATE payments.payment SET send_claim = 'cancel', send_claimed_at = now() WHERE id = :id")
                .param("id", order.paymentId())
                .update();

        saga.bank.circuitOpen = false;

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.CANCELLED);
        saga.assertEnded(order, PaymentStatus.CANCELLED, "cancelled");
        assertThat(saga.bank.received).isEmpty();
    }

    @Test
    void cannotBeCancelledOnceTheBankIsAsked() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        saga.bank.sendAnswers.add(() -> {
            asked.countDown();
            await(cancelled);
            return new BankStatus.Settled("BANK-1");
        });
        PaymentOrder order = saga.order(1250);
        saga.accept(order);
        asked.await();

        assertThat(saga.workflow(order).cancel(new CancellationRequest("alice", "too late")))
                .matches(outcome -> !outcome.accepted());
        cancelled.countDown();

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.COMPLETED);
        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
    }

    @Test
    void failsAtTheDeadlineIfTheBankWasNeverAsked() {
        saga.bank.circuitOpen = true;
        PaymentOrder order = saga.order(1250, "ACME GmbH", Duration.ofMinutes(5));

        assertThat(saga.run(order)).isEqualTo(PaymentStatus.FAILED);

        saga.assertEnded(order, PaymentStatus.FAILED, "deadline_exceeded");
        assertThat(saga.bank.received).isEmpty();
    }

    @Test
    void callsAPersonAtTheDeadlineIfTheOutcomeIsUnknownAndEndsWhenItIsFound() {
        saga.bank.willAnswer(new BankStatus.Accepted("BANK-1"));
        for (int i = 0; i < 8; i++) {
            saga.bank.willAnswerInquiry(new BankStatus.Accepted("BANK-1"));
        }
        PaymentOrder order = saga.order(1250, "ACME GmbH", Duration.ofMinutes(5));

        assertThat(saga.run(order)).isEqualTo(PaymentStatus.COMPLETED);

        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
        assertThat(saga.histories(order))
                .containsExactly("pending", "processing", "requires_manual_intervention", "completed");
    }

    @Test
    void goesOnWhenAnOfficerApproves() {
        PaymentOrder order = saga.order(6_000_00);
        assertThat(saga.accept(order)).isEqualTo(PaymentStatus.IN_REVIEW);

        assertThatThrownBy(() -> saga.theCase(order).resolve(new CaseResolution(PaymentSaga.OWNER, true, "mine")))
                .isInstanceOf(WorkflowUpdateException.class)
                .hasRootCauseMessage(
                        "message='who ordered the payment cannot resolve its case', type='CASE_RESOLVER_IS_CREATOR', "
                                + "nonRetryable=true");
        assertThat(saga.theCase(order).resolve(new CaseResolution("olga", true, "known supplier")))
                .isEqualTo(CaseVerdict.APPROVED);

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.COMPLETED);
        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
        assertThat(saga.histories(order)).containsExactly("pending", "in_review", "processing", "completed");
    }

    @Test
    void endsWhenAnOfficerRejects() {
        PaymentOrder order = saga.order(6_000_00);
        saga.accept(order);

        assertThat(saga.theCase(order).resolve(new CaseResolution("olga", false, "not plausible")))
                .isEqualTo(CaseVerdict.REJECTED);

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.REJECTED);
        saga.assertEnded(order, PaymentStatus.REJECTED, "case_rejected");
        assertThat(saga.bank.received).isEmpty();
    }

    @Test
    void rejectsWhenNobodyResolvesTheCase() {
        PaymentOrder order = saga.order(6_000_00);

        assertThat(saga.run(order)).isEqualTo(PaymentStatus.REJECTED);

        saga.assertEnded(order, PaymentStatus.REJECTED, "case_rejected");
    }

    @Test
    void withdrawsTheCaseWhenThePaymentIsCancelled() {
        PaymentOrder order = saga.order(6_000_00);
        saga.accept(order);

        assertThat(saga.workflow(order).cancel(new CancellationRequest("alice", "changed my mind")))
                .matches(outcome -> outcome.accepted());

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.CANCELLED);
        saga.assertEnded(order, PaymentStatus.CANCELLED, "cancelled");
        assertThat(saga.jdbc
                        .sql("SELECT verdict FROM payments.compliance_case")
                        .query(String.class)
                        .single())
                .isEqualTo("withdrawn");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
