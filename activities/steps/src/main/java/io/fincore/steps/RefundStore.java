package io.fincore.steps;

import io.fincore.money.EndToEndId;
import io.fincore.money.Money;
import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.refund.RefundEnding;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundStatus;
import io.fincore.workflows.refund.RefundStep;
import io.fincore.workflows.refund.RefundWorkflow;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of refunds, with their saga and their events, in the caller's transaction. What they take of a payment is here too. */
final class RefundStore {

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final SagaStore sagas;

    RefundStore(DataSource dataSource, Outbox outbox, SagaStore sagas) {
        this.jdbc = JdbcClient.create(dataSource);
        this.outbox = outbox;
        this.sagas = sagas;
    }

    /**
     * Sets a part of the payment aside, in one statement, so that refunds at once never take more than there is.
     *
     * @param amount null for all that is left
     * @return what was set aside, empty if it is not there to be
     */
    Optional<Money> reserve(String paymentId, @Nullable Money amount) {
        return jdbc.sql("""
                UPDATE payments.payment
                   SET refund_reserved = refund_reserved + coalesce(:amount, amount - refunded_amount - refund_reserved)
                 WHERE id = :id AND status IN ('completed', 'partially_refunded')
                   AND (:amount::bigint IS NULL OR currency = :currency)
                   AND coalesce(:amount, 1) <= amount - refunded_amount - refund_reserved
                RETURNING new.refund_reserved - old.refund_reserved AS reserved, currency""")
                .param("id", paymentId)
                .param("amount", amount == null ? null : amount.minorUnits())
                .param("currency", amount == null ? null : amount.currency().code())
                .query((row, number) -> Money.of(row.getLong("reserved"), row.getString("currency")))
                .optional();
    }

    /** Writes the refund as {@code pending}, with its saga. */
    void create(RefundOrder order, Money amount) {
        openSaga(order);
        jdbc.sql("""
                INSERT INTO payments.refund (id, payment_id, tenant, principal, amount, currency, reason, end_to_end_id, status,
                    metadata, correlation_id, ordered_at, deadline)
                VALUES (:id, :paymentId, :tenant, :principal, :amount, :currency, :reason, :endToEndId, 'pending',
                    :metadata::jsonb, :correlationId, :orderedAt, :deadline)""")
                .param("id", order.refundId())
                .param("paymentId", order.paymentId())
                .param("tenant", order.tenant())
                .param("principal", order.principal())
                .param("amount", amount.minorUnits())
                .param("currency", amount.currency().code())
                .param("reason", order.reason())
                .param("endToEndId", EndToEndId.ofRefund(order.refundId()).value())
                .param("metadata", Json.write(order.metadata()))
                .param("correlationId", order.correlationId())
                .param("orderedAt", Timestamp.from(order.orderedAt()))
                .param("deadline", Timestamp.from(order.deadline()))
                .update();
        publish(get(order.refundId()), "refund.created");
    }

    /** Keeps on record that a refund was asked for, of which nothing was created. */
    void refuse(RefundOrder order) {
        openSaga(order);
        sagas.changeStatus(RefundWorkflow.workflowId(order.refundId()), SagaStatus.FAILED);
    }

    private void openSaga(RefundOrder order) {
        sagas.open(
                RefundWorkflow.workflowId(order.refundId()),
                SagaKind.REFUND,
                order.refundId(),
                order.tenant(),
                order.principal(),
                order.correlationId(),
                RefundStep.values().length);
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException if there is no such refund */
    RefundRow get(String refundId) {
        return find(refundId).orElseThrow(() -> new IllegalStateException("there is no refund " + refundId));
    }

    Optional<RefundRow> find(String refundId) {
        return jdbc.sql("SELECT * FROM payments.refund WHERE id = :id")
                .param("id", refundId)
                .query(RefundRow::read)
                .optional();
    }

    /** Claims the refund; the first claim stays for ever. Returns whether the refund is claimed by this one. */
    boolean claim(String refundId, String claim) {
        return jdbc.sql("""
                UPDATE payments.refund
                   SET send_claim = :claim, send_claimed_at = coalesce(send_claimed_at, clock_timestamp())
                 WHERE id = :id AND coalesce(send_claim, :claim) = :claim""").param("id", refundId).param("claim", claim).update() == 1;
    }

    void noteTransaction(String refundId, String transactionId) {
        jdbc.sql("""
                UPDATE payments.refund SET transaction_id = :transactionId, updated_at = clock_timestamp(), version = version + 1
                 WHERE id = :id""")
                .param("id", refundId)
                .param("transactionId", transactionId)
                .update();
    }

    /** Changes the status, and no more; the saga's is changed by whoever calls. */
    void changeStatus(String refundId, RefundStatus status) {
        jdbc.sql("""
                UPDATE payments.refund SET status = :status, updated_at = clock_timestamp(), version = version + 1
                 WHERE id = :id AND status <> :status""").param("id", refundId).param("status", status.code()).update();
    }

    /** Turns what was set aside into what is refunded. */
    void complete(RefundRow refund) {
        changeStatus(refund.id(), RefundStatus.COMPLETED);
        sagas.changeStatus(RefundWorkflow.workflowId(refund.id()), SagaStatus.SUCCEEDED);
        String paymentStatus = jdbc.sql("""
                WITH before AS (
                    SELECT id, status FROM payments.payment WHERE id = :id FOR UPDATE),
                after AS (
                    UPDATE payments.payment p
                       SET refunded_amount = refunded_amount + :amount, refund_reserved = refund_reserved - :amount,
                           status = CASE WHEN refunded_amount + :amount = amount THEN 'refunded' ELSE 'partially_refunded' END,
                           updated_at = clock_timestamp(), version = version + 1
                      FROM before WHERE p.id = before.id
                    RETURNING p.id, before.status AS from_status, p.status AS to_status),
                history AS (
                    INSERT INTO payments.payment_history (payment_id, from_status, to_status, reason, actor)
                    SELECT id, from_status, to_status, :reason, 'system' FROM after)
                SELECT to_status FROM after""")
                .param("id", refund.paymentId())
                .param("amount", refund.amount().minorUnits())
                .param("reason", "refund " + refund.id())
                .query(String.class)
                .single();
        publish(get(refund.id()), "refund.completed");
        publishPayment(refund, "payment." + paymentStatus);
    }

    /** Fails the refund and gives back what was set aside. */
    void fail(RefundRow refund, RefundEnding ending) {
        jdbc.sql("""
                UPDATE payments.refund
                   SET status = 'failed', failure_code = :code, failure_detail = :detail, updated_at = clock_timestamp(),
                       version = version + 1
                 WHERE id = :id""")
                .param("id", refund.id())
                .param("code", ending.code())
                .param("detail", ending.detail())
                .update();
        jdbc.sql("UPDATE payments.payment SET refund_reserved = refund_reserved - :amount WHERE id = :id")
                .param("id", refund.paymentId())
                .param("amount", refund.amount().minorUnits())
                .update();
        publish(get(refund.id()), "refund.failed");
    }

    /** Appends an event about the refund, for outside and inside readers. */
    void publish(RefundRow refund, String type) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", refund.id());
        body.put("object", "refund");
        body.put("payment", refund.paymentId());
        body.put("status", refund.status());
        body.put("amount", refund.amount().minorUnits());
        body.put("currency", refund.amount().currency().code());
        body.put("end_to_end_id", refund.endToEndId().value());
        if (refund.failureCode() != null) {
            body.put("failure_code", refund.failureCode());
        }
        outbox.append(new NewEvent(refund.tenant(), refund.principal(), type, refund.id(), Json.write(body)));
    }

    private void publishPayment(RefundRow refund, String type) {
        Map<String, String> body = Map.of("id", refund.paymentId(), "object", "payment", "refund", refund.id());
        outbox.append(new NewEvent(refund.tenant(), refund.principal(), type, refund.paymentId(), Json.write(body)));
    }
}
