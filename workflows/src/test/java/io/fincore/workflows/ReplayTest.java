package io.fincore.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.workflows.payment.HoldResult;
import io.fincore.workflows.payment.ReorderedPaymentWorkflow;
import io.temporal.worker.NonDeterministicException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Today's workflow code must do with every recorded history what was done then: a payment that is under way when a new version
 * starts goes on in the middle. {@code temporal-dev/record-histories} records them.
 */
class ReplayTest {

    static List<RecordedHistory> histories() throws IOException {
        return RecordedHistory.all();
    }

    @ParameterizedTest
    @MethodSource("histories")
    void replays(RecordedHistory history) throws Exception {
        history.replay(Contracts.workflowImplementations());
    }

    @Test
    void everyWorkflowTypeHasAHistory() throws IOException {
        assertThat(histories().stream().map(RecordedHistory::workflowType).distinct())
                .containsExactlyInAnyOrderElementsOf(Contracts.workflowTypes());
    }

    @Test
    void everyActivityOccursInAHistory() throws IOException {
        Set<String> recorded = new TreeSet<>();
        for (RecordedHistory history : histories()) {
            recorded.addAll(history.localActivities());
            recorded.addAll(history.regularActivities());
        }

        assertThat(recorded).containsExactlyInAnyOrderElementsOf(Contracts.activityTypes());
    }

    @Test
    void everySignalAndUpdateOccursInAHistory() throws IOException {
        assertThat(histories().stream().flatMap(RecordedHistory::messages).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Contracts.messages().distinct().toList());
    }

    @Test
    void everyPathHasAHistory() throws IOException {
        assertThat(histories().stream().map(RecordedHistory::name))
                .contains(
                        "payment-settled",
                        "payment-rejected-by-bank",
                        "payment-unknown-then-found",
                        "payment-cancelled",
                        "payment-review-approved",
                        "payment-review-rejected",
                        "case-review-approved",
                        "case-review-rejected",
                        "case-expired",
                        "case-reopened",
                        "case-assigned-and-noted",
                        "refund-completed",
                        "refund-exceeds-remainder",
                        "refund-rejected-by-bank",
                        "refund-unknown-then-found",
                        "refund-ledger-refuses-then-retried",
                        "refund-resolved-as-not-executed",
                        "activation-approved",
                        "activation-rejected",
                        "activation-referred-then-approved",
                        "activation-not-decided",
                        "activation-wallet-not-activated",
                        "payment-resolved-as-executed",
                        "payment-resolved-as-not-executed",
                        "payment-inquiry-forced",
                        "payment-settlement-fails-then-retried",
                        "payment-release-fails-then-retried",
                        "payment-case-lost-opened-again",
                        "payment-case-lost-given-up",
                        "book-check-sound",
                        "book-check-failed",
                        "webhook-delivered",
                        "webhook-delivered-when-repeated",
                        "erasure-waits",
                        "erasure-overdue-then-cancelled");
    }

    @Test
    void catchesACallToTheBankBeforeTheDecision() {
        assertThatThrownBy(() -> replay("payment-settled", ReorderedPaymentWorkflow.SendBeforeDecision.class))
                .hasMessageContaining(NonDeterministicException.class.getName());
    }

    @Test
    void catchesAHoldBeforeTheDecision() {
        assertThatThrownBy(() -> replay("payment-settled", ReorderedPaymentWorkflow.HoldBeforeDecision.class))
                .hasMessageContaining(HoldResult.class.getName());
    }

    /** The replay itself takes any local activity for any other. */
    @Test
    void catchesLocalStepsInAnotherOrder() {
        assertThatThrownBy(() -> replay("payment-insufficient-funds", ReorderedPaymentWorkflow.LimitBeforeMoney.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("local activities");
    }

    @Test
    void historiesNameNoMachine() throws IOException {
        assertThat(histories())
                .allSatisfy(history -> assertThat(history.content().toJson(false))
                        .as(history.name())
                        .doesNotContainPattern("\"\\d+@"));
    }

    private static void replay(String history, Class<?> implementation) throws Exception {
        RecordedHistory.of(history).replay(List.of(implementation));
    }
}
