package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.providers.InquiryAnswer;
import io.fincore.providers.SendAnswer;
import io.fincore.workflows.ActivityPolicies;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bank that loses one order after the other. */
class PaymentResendTest {

    private final PaymentSaga saga = new PaymentSaga();

    @AfterEach
    void close() {
        saga.close();
    }

    @Test
    void sendsEverMoreSlowlyCallsAPersonAndGoesOnByItself() {
        for (int call = 1; call <= ActivityPolicies.CALLS_BEFORE_A_PERSON + 1; call++) {
            saga.bank.willAnswer(new SendAnswer.Unknown("connection reset"));
            saga.bank.willAnswerInquiry(new InquiryAnswer.NotKnown(), new InquiryAnswer.NotKnown());
        }
        PaymentOrder order = saga.order(1250);

        assertThat(saga.run(order)).isEqualTo(PaymentStatus.COMPLETED);

        saga.assertEnded(order, PaymentStatus.COMPLETED, "");
        assertThat(saga.bank.received)
                .hasSize(ActivityPolicies.CALLS_BEFORE_A_PERSON + 2)
                .allMatch(saga.bank.received.getFirst()::equals);
        // Between the two inquiries after a call, and before the next call.
        assertThat(pausesSeconds(order)).containsExactly(20L, 20L, 20L, 40L, 20L, 80L, 20L, 160L);
        assertThat(saga.histories(order))
                .containsExactly("pending", "processing", "requires_manual_intervention", "completed");
        assertThat(saga.jdbc
                        .sql(
                                "SELECT payload ->> 'detail' FROM outbox.event WHERE type = 'saga.requires_manual_intervention'")
                        .query(String.class)
                        .single())
                .isEqualTo("sent 3 times, and the bank knows nothing of it");
        assertThat(saga.events(order)).containsOnlyOnce("payment.requires_manual_intervention");
    }

    /** How long the timers ran that went off: all but the one for the deadline. */
    private List<Long> pausesSeconds(PaymentOrder order) {
        List<HistoryEvent> events = saga.workflowEvents(order);
        return events.stream()
                .filter(HistoryEvent::hasTimerFiredEventAttributes)
                .map(event -> (int) event.getTimerFiredEventAttributes().getStartedEventId())
                .map(started -> events.get(started - 1))
                .map(event -> event.getTimerStartedEventAttributes()
                        .getStartToFireTimeout()
                        .getSeconds())
                .toList();
    }
}
