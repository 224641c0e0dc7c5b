package io.fincore.api.inbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.payment.PaymentStatus;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Callbacks for payments that have ended: compared with what we booked, and an alert if the bank says otherwise. */
@Component
class ClosedPayments {

    private static final Logger LOG = LoggerFactory.getLogger(ClosedPayments.class);

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final ObjectMapper json;

    ClosedPayments(JdbcClient jdbc, DataSource dataSource, ObjectMapper json) {
        this.jdbc = jdbc;
        this.outbox = new Outbox(dataSource);
        this.json = json;
    }

    private record Ended(String tenant, String principal, PaymentStatus status) {}

    /**
     * Compares in the caller's transaction.
     *
     * @return what to note about the event; empty if the payment has not ended or is not known
     */
    Optional<String> compare(BankEvent event) {
        return jdbc.sql("SELECT tenant, principal, status FROM read.payment WHERE id = :id")
                .param("id", event.paymentId())
                .query((row, number) -> new Ended(
                        row.getString("tenant"),
                        row.getString("principal"),
                        PaymentStatus.ofCode(row.getString("status"))))
                .optional()
                .filter(payment -> payment.status().isTerminal())
                .map(payment -> {
                    if (agree(payment.status(), event.report().answer())) {
                        return "the payment had ended " + payment.status().code() + ", as the bank says";
                    }
                    alert(event, payment);
                    return "contradicts the payment's end " + payment.status().code();
                });
    }

    /** Whether the money is where both say it is; what is not final says nothing about that. */
    private static boolean agree(PaymentStatus status, BankAnswer answer) {
        boolean moved = switch (status) {
            case COMPLETED, PARTIALLY_REFUNDED, REFUNDED -> true;
            case REJECTED, FAILED, CANCELLED -> false;
            case PENDING, IN_REVIEW, PROCESSING, REQUIRES_MANUAL_INTERVENTION ->
                throw new IllegalArgumentException(status + " is no end");
        };
        return switch (answer) {
            case BankAnswer.Settled settled -> moved;
            case BankAnswer.Rejected rejected -> !moved;
            case BankAnswer.Accepted accepted -> true;
            case BankAnswer.Unknown unknown -> true;
            case BankAnswer.NotKnown notKnown -> true;
            case BankAnswer.NeverSent neverSent -> true;
        };
    }

    private void alert(BankEvent event, Ended payment) {
        LOG.error(
                "payment {} has ended {}, but the bank now says {} (event {})",
                event.paymentId(),
                payment.status().code(),
                event.report().answer(),
                event.report().eventId());
        outbox.append(new NewEvent(
                payment.tenant(),
                payment.principal(),
                "payment.contradiction",
                event.paymentId(),
                write(Map.of(
                        "status", payment.status().code(),
                        "bank_event", event.report().eventId(),
                        "bank_answer", event.report().answer()))));
    }

    private String write(Map<String, ?> payload) {
        try {
            return json.writeValueAsString(payload);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
