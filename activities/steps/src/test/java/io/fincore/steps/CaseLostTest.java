package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.workflows.ActivityPolicies;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseLostTest {

    private final PaymentSaga saga = new PaymentSaga(CaseLostOnce.class);

    @AfterEach
    void close() {
        saga.close();
    }

    @ParameterizedTest
    @CsvSource({"true, APPROVED, COMPLETED, ''", "false, REJECTED, REJECTED, case_rejected"})
    void opensItAgainAndKeepsTheVerdictThatWasRecordedBefore(
            boolean approved, CaseVerdict verdict, PaymentStatus end, String failureCode) {
        PaymentOrder order = saga.order(6_000_00);
        saga.accept(order);
        assertThat(saga.theCase(order).resolve(new CaseResolution("olga", approved, "first")))
                .isEqualTo(verdict);
        PaymentSaga.await(
                () -> saga.workflowEvents(order).stream().anyMatch(HistoryEvent::hasTimerStartedEventAttributes));
        saga.temporal.sleep(ActivityPolicies.MANUAL_INTERVENTION_PAUSE);
        PaymentSaga.await(() -> caseIsOpen(order));

        assertThat(saga.theCase(order).resolve(new CaseResolution("otto", !approved, "second")))
                .isEqualTo(verdict);

        assertThat(saga.end(order)).isEqualTo(end);
        saga.assertEnded(order, end, failureCode);
        assertThat(saga.histories(order)).contains("in_review", "requires_manual_intervention");
        assertThat(saga.jdbc
                        .sql(
                                "SELECT upper(verdict) || ' by ' || resolved_by || ': ' || note FROM payments.compliance_case")
                        .query(String.class)
                        .single())
                .isEqualTo(verdict + " by olga: first");
    }

    private boolean caseIsOpen(PaymentOrder order) {
        return WorkflowStub.fromTyped(saga.theCase(order)).describe().getStatus()
                == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }
}
