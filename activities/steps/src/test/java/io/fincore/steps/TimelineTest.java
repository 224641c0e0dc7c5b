package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundStatus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What clients are told happened to a payment; of webhooks the API's tests tell. */
@Execution(ExecutionMode.CONCURRENT)
class TimelineTest {

    private final PaymentSaga saga = new PaymentSaga();
    private final Refunds refunds = new Refunds(saga);

    @AfterEach
    void close() {
        saga.close();
    }

    @Test
    void tellsTheCourseOfAPaymentInOrder() {
        PaymentOrder payment = saga.order(1250);

        assertThat(saga.run(payment)).isEqualTo(PaymentStatus.COMPLETED);

        List<String> told = read("kind || ' ' || name", payment, "%");
        assertThat(told)
                .containsSubsequence(
                        "status pending",
                        "step payment.create",
                        "decision approved",
                        "step decision.evaluate",
                        "ledger hold.placed",
                        "step ledger.hold",
                        "status processing",
                        "step payment.mark-processing",
                        "step bank.send",
                        "bank send",
                        "ledger settlement.booked",
                        "step ledger.settle",
                        "status completed",
                        "step payment.complete")
                .contains("step bank.answer")
                .hasSize(15);
    }

    @Test
    void tellsWhatWasBookedForAPaymentAndItsRefund() {
        PaymentOrder payment = saga.order(1250);
        saga.run(payment);
        RefundOrder part = refunds.order(payment, Money.of(500, "EUR"));
        assertThat(refunds.run(part)).isEqualTo(RefundStatus.COMPLETED);

        String hold = id("SELECT hold_id FROM payments.payment");
        String settlement = id("SELECT id FROM ledger.transaction WHERE kind = 'settlement'");
        String reversal = id("SELECT id FROM ledger.transaction WHERE kind = 'reversal'");
        assertThat(details(payment, "ledger"))
                .containsExactly(
                        "hold.placed {\"hold\": \"%s\", \"amount\": 1250, \"wallet\": \"%s\", \"currency\": \"EUR\"}"
                                .formatted(hold, saga.wallet.id()),
                        "settlement.booked {\"hold\": \"%s\", \"entries\": [%s, %s], \"transaction\": \"%s\"}"
                                .formatted(hold, ofWallet("debit", 1250), ofNostro("credit", 1250), settlement),
                        "reversal.booked {\"entries\": [%s, %s], \"reverses\": \"%s\", \"transaction\": \"%s\"}"
                                .formatted(ofNostro("debit", 500), ofWallet("credit", 500), settlement, reversal));
        assertThat(details(payment, "refund"))
                .containsExactly(
                        "created {\"amount\": 500, \"refund\": \"%s\"}".formatted(part.refundId()),
                        "completed {\"refund\": \"%s\"}".formatted(part.refundId()));
        assertThat(details(payment, "bank"))
                .containsExactly(
                        "send {\"answer\": \"settled\", \"bankReference\": \"BANK-1\"}",
                        "send {\"answer\": \"settled\", \"refund\": \"%s\", \"bankReference\": \"BANK-1\"}"
                                .formatted(part.refundId()));
        assertThat(details(payment, "decision")).containsExactly("approved {\"reasons\": [], \"rule_set\": \"1\"}");
    }

    private String ofWallet(String side, long amount) {
        return "{\"side\": \"%s\", \"amount\": %d, \"wallet\": \"%s\", \"account\": \"customer_wallet\", \"currency\": \"EUR\"}"
                .formatted(side, amount, saga.wallet.id());
    }

    private static String ofNostro(String side, long amount) {
        return "{\"side\": \"%s\", \"amount\": %d, \"account\": \"nostro\", \"currency\": \"EUR\"}"
                .formatted(side, amount);
    }

    private String id(String query) {
        return saga.jdbc.sql(query).query(String.class).single();
    }

    @Test
    void tellsThatTheHoldOfARejectedPaymentWasReleased() {
        PaymentOrder payment = saga.order(6_000_00);
        assertThat(saga.accept(payment)).isEqualTo(PaymentStatus.IN_REVIEW);
        saga.theCase(payment).resolve(new CaseResolution("olga", false, "forged invoice"));
        assertThat(saga.end(payment)).isEqualTo(PaymentStatus.REJECTED);

        String hold = id("SELECT hold_id FROM payments.payment");
        String theCase = id("SELECT id FROM payments.compliance_case");
        String of = " {\"hold\": \"%s\", \"amount\": 600000, \"wallet\": \"%s\", \"currency\": \"EUR\"}"
                .formatted(hold, saga.wallet.id());
        assertThat(details(payment, "ledger")).containsExactly("hold.placed" + of, "hold.released" + of);
        assertThat(details(payment, "case"))
                .containsExactly(
                        "opened {\"case\": \"%s\", \"reasons\": %s}"
                                .formatted(theCase, id("SELECT reasons FROM payments.compliance_case")),
                        "rejected {\"case\": \"%s\"}".formatted(theCase));
    }

    private List<String> details(PaymentOrder payment, String kind) {
        return read("name || ' ' || detail", payment, kind);
    }

    /** As the API reads it. */
    private List<String> read(String column, PaymentOrder payment, String kind) {
        return JdbcClient.create(saga.database.as(DatabaseRole.API))
                .sql("SELECT " + column + """
                         FROM read.payment_timeline
                        WHERE payment_id = ? AND kind LIKE ? ORDER BY occurred_at, sequence, kind""")
                .params(payment.paymentId(), kind)
                .query(String.class)
                .list();
    }
}
