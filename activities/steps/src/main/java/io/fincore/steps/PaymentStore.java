package io.fincore.steps;

import io.fincore.money.EndToEndId;
import io.fincore.money.IdType;
import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentStep;
import io.fincore.workflows.payment.PaymentWorkflow;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The payment's rows. Every change of status writes the payment, its history, the saga and the event, in the caller's
 * transaction.
 */
final class PaymentStore {

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final SagaStore sagas;

    PaymentStore(DataSource dataSource, Outbox outbox, SagaStore sagas) {
        this.sagas = sagas;
        this.jdbc = JdbcClient.create(dataSource);
        this.outbox = outbox;
    }

    /** Writes the payment as {@code pending}, unless it is there. */
    void create(PaymentOrder order) {
        int created = jdbc.sql("""
                WITH created AS (
                    INSERT INTO payments.payment (id, tenant, principal, customer_id, source, amount, currency, creditor_name,
                        creditor_iban, creditor_bic, reference, client_ip, end_to_end_id, hold_id, status, metadata,
                        correlation_id, ordered_at, deadline)
                    VALUES (:id, :tenant, :principal, :customerId, :source, :amount, :currency, :creditorName,
                        :creditorIban, :creditorBic, :reference, :clientIp, :endToEndId, :holdId, 'pending',
                        :metadata::jsonb, :correlationId, :orderedAt, :deadline)
                    ON CONFLICT (id) DO NOTHING
                    RETURNING id, tenant, principal, correlation_id),
                history AS (
                    INSERT INTO payments.payment_history (payment_id, to_status, reason, actor)
                    SELECT id, 'pending', 'ordered', principal FROM created)
                INSERT INTO saga.saga (workflow_id, type, subject_id, tenant, principal, correlation_id, status, total_steps)
                SELECT :workflowId, 'payment', id, tenant, principal, correlation_id, 'RUNNING', :totalSteps FROM created""")
                .param("id", order.paymentId())
                .param("tenant", order.tenant())
                .param("principal", order.principal())
                .param("customerId", order.customerId())
                .param("source", order.source())
                .param("amount", order.amount().minorUnits())
                .param("currency", order.amount().currency().code())
                .param("creditorName", order.creditor().name())
                .param("creditorIban", order.creditor().iban())
                .param("creditorBic", order.creditor().bic())
                .param("reference", order.reference())
                .param("clientIp", order.clientIp())
                .param("endToEndId", EndToEndId.ofPayment(order.paymentId()).value())
                .param("holdId", IdType.PAYMENT.sibling(order.paymentId(), IdType.HOLD))
                .param("metadata", Json.write(order.metadata()))
                .param("correlationId", order.correlationId())
                .param("orderedAt", Timestamp.from(order.orderedAt()))
                .param("deadline", Timestamp.from(order.deadline()))
                .param("workflowId", PaymentWorkflow.workflowId(order.paymentId()))
                .param("totalSteps", PaymentStep.values().length)
                .update();
        if (created == 1) {
            publish(get(order.paymentId()), "payment.created", Map.of());
        }
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException if there is no such payment */
    PaymentRow get(String paymentId) {
        return jdbc.sql("SELECT * FROM payments.payment WHERE id = :id")
                .param("id", paymentId)
                .query(PaymentRow::read)
                .single();
    }

    void changeStatus(String paymentId, PaymentStatus status, String reason, String actor) {
        changeStatus(paymentId, status, reason, actor, null);
    }

    /**
     * Changes the status, unless it is that already.
     *
     * @param failureCode null for all but unsuccessful ends; the reason is its detail
     */
    void changeStatus(
            String paymentId, PaymentStatus status, String reason, String actor, @Nullable String failureCode) {
        int changed = jdbc.sql("""
                WITH before AS (
                    SELECT id, status FROM payments.payment WHERE id = :id AND status <> :status FOR UPDATE),
                after AS (
                    UPDATE payments.payment p
                       SET status = :status, updated_at = clock_timestamp(), version = version + 1,
                           -- A rejection that waits for the ledger is not forgotten over an alert.
                           pending_status = CASE WHEN p.pending_status <> :status THEN p.pending_status END,
                           failure_code = coalesce(:failureCode,
                               CASE WHEN p.pending_status <> :status THEN p.failure_code END),
                           failure_detail = CASE WHEN :failureCode::text IS NOT NULL THEN :reason
                               WHEN p.pending_status <> :status THEN p.failure_detail END
                      FROM before WHERE p.id = before.id
                    RETURNING p.id, before.status AS from_status)
                INSERT INTO payments.payment_history (payment_id, from_status, to_status, reason, actor)
                SELECT id, from_status, :status, :reason, :actor FROM after""")
                .param("id", paymentId)
                .param("status", status.code())
                .param("failureCode", failureCode)
                .param("reason", reason)
                .param("actor", actor)
                .update();
        if (changed == 0) {
            return;
        }
        // The need of a person is the saga's before it is the payment's.
        if (status != PaymentStatus.REQUIRES_MANUAL_INTERVENTION) {
            sagas.changeStatus(PaymentWorkflow.workflowId(paymentId), sagaStatus(status));
        }
        publish(get(paymentId), "payment." + status.code(), Map.of("reason", reason));
    }

    /** Leaves a status for the one before it; nothing if the payment has left it already. */
    void changeStatusBack(String paymentId, PaymentStatus from, String actor) {
        jdbc.sql("""
                SELECT h.from_status FROM payments.payment p JOIN payments.payment_history h ON h.payment_id = p.id
                 WHERE p.id = :id AND p.status = :from AND h.to_status = :from
                 ORDER BY h.number DESC LIMIT 1""")
                .param("id", paymentId)
                .param("from", from.code())
                .query(String.class)
                .optional()
                .ifPresent(before ->
                        changeStatus(paymentId, PaymentStatus.ofCode(before), "it goes on without a person", actor));
    }

    /** Decides on a status that is to be seen only when the ledger has followed. */
    void decideRejection(String paymentId, String detail) {
        jdbc.sql("""
                UPDATE payments.payment
                   SET pending_status = 'rejected', failure_code = 'case_rejected', failure_detail = :detail
                 WHERE id = :id""").param("id", paymentId).param("detail", detail).update();
    }

    /** Shows a status that was waiting for the ledger. */
    void showPendingStatus(PaymentRow payment) {
        if (payment.pendingStatus() != null) {
            changeStatus(
                    payment.id(),
                    PaymentStatus.ofCode(payment.pendingStatus()),
                    String.valueOf(payment.failureDetail()),
                    "system",
                    payment.failureCode());
        }
    }

    /** Takes back a decision that nobody has seen. */
    void undecideRejection(String paymentId) {
        jdbc.sql("""
                UPDATE payments.payment
                   SET pending_status = NULL, failure_code = NULL, failure_detail = NULL
                 WHERE id = :id AND pending_status IS NOT NULL""").param("id", paymentId).update();
    }

    /** Claims the payment; the first claim stays for ever. Returns whether the payment is claimed by this one. */
    boolean claim(String paymentId, String claim) {
        return jdbc.sql("""
                UPDATE payments.payment
                   SET send_claim = :claim, send_claimed_at = coalesce(send_claimed_at, clock_timestamp())
                 WHERE id = :id AND coalesce(send_claim, :claim) = :claim""").param("id", paymentId).param("claim", claim).update() == 1;
    }

    /** @param refundId null if the message is about the payment itself */
    void recordBankMessage(String paymentId, @Nullable String refundId, String channel, BankAnswer answer) {
        jdbc.sql("""
                INSERT INTO payments.bank_message (payment_id, refund_id, channel, answer)
                VALUES (:paymentId, :refundId, :channel, :answer::jsonb)""")
                .param("paymentId", paymentId)
                .param("refundId", refundId)
                .param("channel", channel)
                .param("answer", Json.write(answer))
                .update();
    }

    /** Appends an event about the payment, for outside and inside readers. */
    void publish(PaymentRow payment, String type, Map<String, Object> more) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", payment.id());
        body.put("object", "payment");
        body.put("status", payment.status());
        body.put("amount", payment.amount().minorUnits());
        body.put("currency", payment.amount().currency().code());
        body.put("source", payment.source());
        body.put("end_to_end_id", payment.endToEndId().value());
        if (payment.failureCode() != null) {
            body.put("failure_code", payment.failureCode());
        }
        body.putAll(more);
        outbox.append(new NewEvent(payment.tenant(), payment.principal(), type, payment.id(), Json.write(body)));
    }

    private static SagaStatus sagaStatus(PaymentStatus status) {
        return switch (status) {
            case PENDING, IN_REVIEW, PROCESSING -> SagaStatus.RUNNING;
            case REQUIRES_MANUAL_INTERVENTION -> SagaStatus.REQUIRES_MANUAL_INTERVENTION;
            case COMPLETED, PARTIALLY_REFUNDED, REFUNDED -> SagaStatus.SUCCEEDED;
            case REJECTED, FAILED, CANCELLED -> SagaStatus.FAILED;
        };
    }
}
