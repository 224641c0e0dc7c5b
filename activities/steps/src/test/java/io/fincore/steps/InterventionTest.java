package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.providers.BankStatus;
import io.fincore.providers.InquiryAnswer;
import io.fincore.providers.SendAnswer;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.fincore.workflows.repair.Resolution;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What operators may order, and what becomes of it. */
@Execution(ExecutionMode.CONCURRENT)
class InterventionTest {

    private final PaymentSaga saga = new PaymentSaga();
    private final Operators operators = new Operators(saga);
    private final PaymentOrder order = saga.order(1250, "ACME GmbH", Duration.ofMinutes(5));
    private final String workflowId = PaymentWorkflow.workflowId(order.paymentId());

    @AfterEach
    void close() {
        saga.close();
    }

    @Test
    void refusesEverythingWhileTheSagaNeedsNobody() {
        saga.bank.circuitOpen = true;
        saga.accept(order);

        assertRefused(
                Operators.order(InterventionAction.RETRY),
                "the saga does not wait for an operator: nothing is possible now");

        assertThat(operators.interventions(workflowId)).isEmpty();
    }

    /** As when a worker died after it had called a person, and its workflow task is taken again. */
    @Test
    void takesWhatIsOrderedAMomentBeforeTheSagaRests() {
        PaymentOrder soonDue = saga.order(1250, "ACME GmbH", Duration.ofMinutes(1));
        bankAccepts();

        saga.accept(soonDue);
        saga.temporal.sleep(Duration.ofSeconds(57));
        assertThat(operators.intervene(
                        PaymentWorkflow.workflowId(soonDue.paymentId()),
                        Operators.order(InterventionAction.FORCE_INQUIRY)))
                .isEqualTo(InterventionStatus.TAKEN);

        saga.bank.inquiryAnswers.clear();
        assertThat(saga.end(soonDue)).isEqualTo(PaymentStatus.COMPLETED);
        saga.assertEnded(soonDue, PaymentStatus.COMPLETED, "");
    }

    @Test
    void refusesWhatIsNotPossibleAndNamesWhatIs() {
        bankIsSilentUntilTheDeadline();

        assertRefused(
                Operators.order(InterventionAction.RETRY),
                "retry is not possible now; possible: force_inquiry, resolve");
        assertRefused(
                Operators.order(InterventionAction.COMPENSATE),
                "compensate is not possible now; possible: force_inquiry, resolve");
        assertRefused(
                Operators.order(InterventionAction.RESOLVE, Resolution.APPROVED),
                "the resolution approved does not answer bank_outcome_unknown");

        assertThat(operators.interventions(workflowId)).isEmpty();
    }

    @Test
    void asksTheBankAtOnce() {
        bankIsSilentUntilTheDeadline();
        int asked = saga.bank.inquiries.size();
        saga.bank.inquiryAnswers.clear();

        assertThat(operators.intervene(workflowId, Operators.order(InterventionAction.FORCE_INQUIRY)))
                .isEqualTo(InterventionStatus.TAKEN);

        PaymentSaga.await(() -> saga.histories(order).contains("completed"));
        assertThat(saga.bank.inquiries).hasSize(asked + 1);
        assertThat(saga.end(order)).isEqualTo(PaymentStatus.COMPLETED);
        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
    }

    @Test
    void movesMoneyOnlyWhenASecondPersonConsents() {
        bankIsSilentUntilTheDeadline();
        InterventionOrder said = Operators.order(InterventionAction.RESOLVE, Resolution.EXECUTED);

        assertThat(operators.intervene(workflowId, said)).isEqualTo(InterventionStatus.REQUESTED);
        assertThatThrownBy(() -> operators.approve(workflowId, said, Operators.OLGA))
                .isInstanceOf(WorkflowUpdateException.class)
                .rootCause()
                .hasMessageContaining("INTERVENTION_NEEDS_ANOTHER_PERSON");
        assertThat(operators.interventions(workflowId)).containsExactly("resolve requested");
        assertThat(saga.histories(order)).endsWith("requires_manual_intervention");

        assertThat(operators.approve(workflowId, said, Operators.OSCAR)).isEqualTo(InterventionStatus.TAKEN);

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.COMPLETED);
        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
        assertThat(record(said))
                .isEqualTo("resolve executed by olga with oscar: looked into it; done;"
                        + " before REQUIRES_MANUAL_INTERVENTION bank_outcome_unknown at bank.answer; after SUCCEEDED");
    }

    @Test
    void releasesTheHoldWhenTwoSayThatTheBankHasNotPaid() {
        bankIsSilentUntilTheDeadline();
        InterventionOrder said = Operators.order(InterventionAction.RESOLVE, Resolution.NOT_EXECUTED);
        operators.intervene(workflowId, said);
        operators.approve(workflowId, said, Operators.OSCAR);

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.FAILED);

        saga.assertEnded(order, PaymentStatus.FAILED, "not_executed");
        assertThat(record(said)).endsWith("after FAILED");
    }

    @Test
    void doesNothingByARequestThatNobodyConsentsTo() {
        bankIsSilentUntilTheDeadline();
        InterventionOrder said = Operators.order(InterventionAction.RESOLVE, Resolution.NOT_EXECUTED);
        operators.intervene(workflowId, said);

        saga.temporal.sleep(Duration.ofHours(5));
        assertThat(saga.histories(order)).endsWith("requires_manual_intervention");
        saga.callback(order, "event-1", new BankAnswer.Settled("BANK-1"));

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.COMPLETED);
        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
        assertThat(saga.events(order)).doesNotContain("payment.contradiction");
        assertThat(record(said))
                .startsWith("resolve not_executed by olga: looked into it; done")
                .endsWith("SUCCEEDED");
    }

    /** What was asked for when the outcome was unknown is not done when something else is wrong. */
    @Test
    void refusesConsentToARequestThatIsStale() {
        bankIsSilentUntilTheDeadline();
        InterventionOrder said = Operators.order(InterventionAction.RESOLVE, Resolution.NOT_EXECUTED);
        operators.intervene(workflowId, said);
        saga.saboteur.plan("ledger.settle", Fault.PERMANENT);
        saga.callback(order, "event-1", new BankAnswer.Settled("BANK-1"));
        saga.passTimeUntil(() -> operators.cause(workflowId) == InterventionCause.STEP_FAILED);

        assertThatThrownBy(() -> operators.approve(workflowId, said, Operators.OSCAR))
                .isInstanceOf(WorkflowUpdateException.class)
                .rootCause()
                .hasMessageContaining("resolve is not possible now; possible: retry");

        saga.saboteur.repair("ledger.settle");
        operators.retry(workflowId);
        assertThat(saga.end(order)).isEqualTo(PaymentStatus.COMPLETED);
        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
    }

    @Test
    void refusesConsentToWhatNobodyAskedFor() {
        bankIsSilentUntilTheDeadline();

        assertThatThrownBy(() -> operators.approve(
                        workflowId, Operators.order(InterventionAction.RESOLVE, Resolution.EXECUTED), Operators.OSCAR))
                .isInstanceOf(WorkflowUpdateException.class)
                .rootCause()
                .hasMessageContaining("INTERVENTION_UNKNOWN");
    }

    @Test
    void triesAFailedStepAgainAndShowsThatItGoesOn() {
        saga.saboteur.plan("ledger.settle", Fault.PERMANENT);
        saga.start(order);
        operators.awaitCall(workflowId);
        assertThat(saga.events(order)).contains("saga.requires_manual_intervention");
        InterventionOrder retry = Operators.order(InterventionAction.RETRY);

        saga.saboteur.repair("ledger.settle");
        assertThat(operators.intervene(workflowId, retry)).isEqualTo(InterventionStatus.TAKEN);

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.COMPLETED);
        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
        assertThat(saga.histories(order))
                .containsExactly("pending", "processing", "requires_manual_intervention", "processing", "completed");
        assertThat(record(retry))
                .isEqualTo("retry by olga: looked into it; done;"
                        + " before REQUIRES_MANUAL_INTERVENTION step_failed at ledger.settle; after SUCCEEDED");
    }

    @Test
    void restsAgainWhenTheRetryFailsToo() {
        saga.saboteur.plan("ledger.settle", Fault.PERMANENT);
        saga.start(order);
        operators.awaitCall(workflowId);
        InterventionOrder first = Operators.order(InterventionAction.RETRY);
        operators.intervene(workflowId, first);
        PaymentSaga.await(() -> record(first).contains("done"));

        assertThat(record(first)).endsWith("after REQUIRES_MANUAL_INTERVENTION");
        assertThat(saga.histories(order)).endsWith("requires_manual_intervention");
        saga.saboteur.repair("ledger.settle");
        operators.retry(workflowId);

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(operators.interventions(workflowId)).containsExactly("retry done", "retry done");
    }

    @Test
    void triesAgainByItselfAfterAnHour() {
        saga.saboteur.plan("ledger.settle", Fault.PERMANENT);
        saga.start(order);
        operators.awaitCall(workflowId);
        saga.saboteur.repair("ledger.settle");

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.COMPLETED);

        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
        assertThat(operators.interventions(workflowId)).isEmpty();
    }

    @Test
    void triesAFailedUndoAgain() {
        saga.bank.willAnswer(new BankStatus.Rejected("AC04", "closed account"));
        saga.saboteur.plan("ledger.release", Fault.PERMANENT);
        saga.start(order);
        operators.awaitCall(workflowId);
        assertThat(operators.cause(workflowId)).isEqualTo(InterventionCause.COMPENSATION_FAILED);
        assertThat(saga.steps(order)).as("the other undo").contains("decision.release-limit=SUCCEEDED");
        assertRefused(
                Operators.order(InterventionAction.COMPENSATE), "compensate is not possible now; possible: retry");

        saga.saboteur.repair("ledger.release");
        operators.retry(workflowId);

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.FAILED);
        saga.assertEnded(order, PaymentStatus.FAILED, "bank_rejected");
    }

    @Test
    void givesUpAnOrderOfWhichTheBankKnowsNothingWhenTwoSaySo() {
        bankKnowsNothing();
        assertThat(operators.cause(workflowId)).isEqualTo(InterventionCause.BANK_KNOWS_NOTHING);
        InterventionOrder said = Operators.order(InterventionAction.COMPENSATE);

        assertThat(operators.intervene(workflowId, said)).isEqualTo(InterventionStatus.REQUESTED);
        assertThat(operators.approve(workflowId, said, Operators.OSCAR)).isEqualTo(InterventionStatus.TAKEN);

        assertThat(saga.end(order)).isEqualTo(PaymentStatus.FAILED);
        saga.assertEnded(order, PaymentStatus.FAILED, "not_executed");
    }

    @Test
    void sendsAnOrderOfWhichTheBankKnowsNothingAtOnceWhenToldSo() {
        bankKnowsNothing();
        int sent = saga.bank.received.size();
        saga.bank.sendAnswers.clear();

        operators.retry(workflowId);

        PaymentSaga.await(() -> saga.histories(order).contains("completed"));
        assertThat(saga.bank.received).hasSize(sent + 1);
        assertThat(saga.end(order)).isEqualTo(PaymentStatus.COMPLETED);
        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
    }

    private void bankAccepts() {
        saga.bank.willAnswer(new BankStatus.Accepted("BANK-1"));
        for (int i = 0; i < 50; i++) {
            saga.bank.willAnswerInquiry(new BankStatus.Accepted("BANK-1"));
        }
    }

    private void bankIsSilentUntilTheDeadline() {
        bankAccepts();
        saga.start(order);
        operators.awaitCall(workflowId);
        assertThat(operators.cause(workflowId)).isEqualTo(InterventionCause.BANK_OUTCOME_UNKNOWN);
    }

    private void bankKnowsNothing() {
        for (int i = 0; i < 20; i++) {
            saga.bank.willAnswer(new SendAnswer.Unknown("connection reset"));
            saga.bank.willAnswerInquiry(new InquiryAnswer.NotKnown(), new InquiryAnswer.NotKnown());
        }
        saga.start(order);
        operators.awaitCall(workflowId);
    }

    private void assertRefused(InterventionOrder intervention, String why) {
        assertThatThrownBy(() -> operators.intervene(workflowId, intervention))
                .isInstanceOf(WorkflowUpdateException.class)
                .rootCause()
                .hasMessageContaining("INTERVENTION_NOT_POSSIBLE")
                .hasMessageContaining(why);
    }

    /** What stands on record of an intervention. */
    private String record(InterventionOrder intervention) {
        List<String> rows = saga.jdbc
                .sql("""
                SELECT concat(concat_ws(' ', action, resolution), ' by ', requested_by, ' with ' || approved_by, ': ', reason,
                              '; ', status, '; before ', before ->> 'status', ' ', before ->> 'cause', ' at ', before ->> 'step',
                              '; after ' || (after ->> 'status'))
                  FROM saga.intervention WHERE id = :id""")
                .param("id", intervention.id())
                .query(String.class)
                .list();
        return String.join("", rows);
    }
}
