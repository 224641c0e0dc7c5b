package io.fincore.api.inbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.activation.KycAnswer;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.refund.RefundStatus;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Callbacks for what has ended: compared with how it did, and an alert if the provider says otherwise. */
@Component
class ClosedSagas {

    private static final Logger LOG = LoggerFactory.getLogger(ClosedSagas.class);

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final ObjectMapper json;

    ClosedSagas(JdbcClient jdbc, DataSource dataSource, ObjectMapper json) {
        this.jdbc = jdbc;
        this.outbox = new Outbox(dataSource);
        this.json = json;
    }

    private record Ended(String tenant, String principal, String status) {}

    /**
     * Compares in the caller's transaction.
     *
     * @return what to note about the event; empty if its subject has not ended or is not known
     */
    Optional<String> compare(ProviderEvent event) {
        return switch (event) {
            case BankEvent bank -> bank.isRefund() ? ofRefund(bank) : ofPayment(bank);
            case KycEvent kyc -> ofActivation(kyc);
        };
    }

    private Optional<String> ofPayment(BankEvent event) {
        BankAnswer answer = event.report().answer();
        return find("read.payment", event)
                .filter(payment -> PaymentStatus.ofCode(payment.status()).isTerminal())
                .map(payment -> noted(
                        event, payment, agree(hasMovedMoney(PaymentStatus.ofCode(payment.status())), answer), answer));
    }

    private Optional<String> ofRefund(BankEvent event) {
        BankAnswer answer = event.report().answer();
        return find("read.refund", event)
                .filter(refund -> RefundStatus.ofCode(refund.status()).isTerminal())
                .map(refund -> noted(
                        event,
                        refund,
                        agree(RefundStatus.ofCode(refund.status()) == RefundStatus.COMPLETED, answer),
                        answer));
    }

    private Optional<String> ofActivation(KycEvent event) {
        KycAnswer answer = event.report().answer();
        return find("read.account_activation", event)
                .filter(activation ->
                        ActivationStatus.ofCode(activation.status()).isTerminal())
                .map(activation -> noted(
                        event, activation, agree(ActivationStatus.ofCode(activation.status()), answer), told(answer)));
    }

    private Optional<Ended> find(String view, ProviderEvent event) {
        return jdbc.sql("SELECT tenant, principal, status FROM " + view + " WHERE id = :id")
                .param("id", event.subjectId())
                .query(Ended.class)
                .optional();
    }

    private static boolean hasMovedMoney(PaymentStatus status) {
        return switch (status) {
            case COMPLETED, PARTIALLY_REFUNDED, REFUNDED -> true;
            case REJECTED, FAILED, CANCELLED -> false;
            case PENDING, IN_REVIEW, PROCESSING, REQUIRES_MANUAL_INTERVENTION ->
                throw new IllegalArgumentException(status + " is no end");
        };
    }

    /** Whether the money is where both say it is; what is not final says nothing about that. */
    private static boolean agree(boolean moved, BankAnswer answer) {
        return switch (answer) {
            case BankAnswer.Settled settled -> moved;
            case BankAnswer.Rejected rejected -> !moved;
            case BankAnswer.Accepted accepted -> true;
            case BankAnswer.Unknown unknown -> true;
            case BankAnswer.NotKnown notKnown -> true;
            case BankAnswer.NeverSent neverSent -> true;
        };
    }

    /** Whether the customer is who both say they are. An activation that failed says nothing about that. */
    private static boolean agree(ActivationStatus status, KycAnswer answer) {
        return switch (answer) {
            case KycAnswer.Approved approved -> status != ActivationStatus.REJECTED;
            case KycAnswer.Rejected rejected -> status != ActivationStatus.COMPLETED;
            case KycAnswer.Referred referred -> true;
            case KycAnswer.Pending pending -> true;
            case KycAnswer.NotKnown notKnown -> true;
        };
    }

    /** For the log and the event: not the reason, which tells of a person. */
    private static Map<String, String> told(KycAnswer answer) {
        return switch (answer) {
            case KycAnswer.Approved approved -> told("approved", approved.reference());
            case KycAnswer.Rejected rejected -> told("rejected", rejected.reference());
            case KycAnswer.Referred referred -> told("referred", referred.reference());
            case KycAnswer.Pending pending -> told("pending", pending.reference());
            case KycAnswer.NotKnown notKnown -> Map.of("answer", "not_known");
        };
    }

    private static Map<String, String> told(String answer, String reference) {
        return Map.of("answer", answer, "reference", reference);
    }

    /** @param answer as it may be told */
    private String noted(ProviderEvent event, Ended subject, boolean agree, Object answer) {
        if (agree) {
            return "the " + event.subject() + " had ended " + subject.status() + ", as the " + event.provider()
                    + " says";
        }
        alert(event, subject, answer);
        return "contradicts the " + event.subject() + "'s end " + subject.status();
    }

    private void alert(ProviderEvent event, Ended subject, Object answer) {
        LOG.error(
                "{} {} has ended {}, but the {} now says {} (event {})",
                event.subject(),
                event.subjectId(),
                subject.status(),
                event.provider(),
                answer,
                event.eventId());
        outbox.append(new NewEvent(
                subject.tenant(),
                subject.principal(),
                event.subject() + ".contradiction",
                event.subjectId(),
                write(Map.of(
                        "status",
                        subject.status(),
                        event.provider() + "_event",
                        event.eventId(),
                        event.provider() + "_answer",
                        answer))));
    }

    private String write(Map<String, ?> payload) {
        try {
            return json.writeValueAsString(payload);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
