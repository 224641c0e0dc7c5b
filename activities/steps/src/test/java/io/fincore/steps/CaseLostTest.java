package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
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
    void opensItAgainAndFinishesWhatWasRecordedBefore(
            boolean approved, CaseVerdict verdict, PaymentStatus end, String failureCode) {
        PaymentOrder order = saga.order(6_000_00);
        saga.accept(order);
        assertThat(saga.theCase(order).resolve(new CaseResolution("olga", approved, "first")))
                .isEqualTo(verdict);
        assertThat(saga.end(order)).isEqualTo(end);
        saga.assertEnded(order, end, failureCode);
        assertThat(saga.histories(order))
                .containsSubsequence("in_review", "requires_manual_intervention", "in_review", end.code());
        assertThat(saga.jdbc
                        .sql(
                                "SELECT upper(verdict) || ' by ' || resolved_by || ': ' || note FROM payments.compliance_case")
                        .query(String.class)
                        .single())
                .isEqualTo(verdict + " by olga: first");
    }
}
