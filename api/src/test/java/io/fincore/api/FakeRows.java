package io.fincore.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fincore.money.EndToEndId;
import io.fincore.money.IdType;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.activation.AccountActivationWorkflow;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.client.Payloads;
import io.fincore.workflows.compliance.CaseNote;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundReservation;
import io.fincore.workflows.refund.RefundWorkflow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes what the worker would write, as the worker's role. */
public final class FakeRows implements FakeActivities {

    private final JdbcClient jdbc;
    private final FakeSagaRows sagas;

    FakeRows(DataSource worker) {
        this.jdbc = JdbcClient.create(worker);
        this.sagas = new FakeSagaRows(worker);
    }

    @Override
    public void create(PaymentOrder order) {
        jdbc.sql("""
                INSERT INTO payments.payment
                    (id, tenant, principal, customer_id, source, amount, currency, creditor_name, creditor_iban, reference,
                     end_to_end_id, hold_id, status, metadata, correlation_id, ordered_at, deadline)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', '{}', ?, ?, ?) ON CONFLICT DO NOTHING
                """)
                .params(
                        order.paymentId(),
                        order.tenant(),
                        order.principal(),
                        order.customerId(),
                        order.source(),
                        order.amount().minorUnits(),
                        order.amount().currency().code(),
                        order.creditor().name(),
                        order.creditor().iban(),
                        order.reference(),
                        EndToEndId.ofPayment(order.paymentId()).value(),
                        IdType.HOLD.next(),
                        order.correlationId(),
                        utc(order.orderedAt()),
                        utc(order.deadline()))
                .update();
        String workflowId = PaymentWorkflow.workflowId(order.paymentId());
        sagas.open(
                workflowId,
                SagaKind.PAYMENT,
                order.paymentId(),
                order.tenant(),
                order.principal(),
                order.correlationId(),
                8);
        sagas.succeeded(workflowId, 1, "payment.create", null, "{\"amount\": 1250}", "true");
    }

    @Override
    public void write(PaymentOrder order, PaymentStatus status) {
        jdbc.sql("""
                UPDATE payments.payment
                SET status = :status, version = version + 1, updated_at = clock_timestamp(),
                    failure_code = CASE WHEN :status = 'failed' THEN 'insufficient_funds' END
                WHERE id = :id
                """)
                .param("status", status.code())
                .param("id", order.paymentId())
                .update();
        if (status == PaymentStatus.IN_REVIEW) {
            openCase(IdType.COMPLIANCE_CASE.next(), order.paymentId(), order.tenant(), order.principal());
        }
        if (status.isTerminal()) {
            sagas.end(PaymentWorkflow.workflowId(order.paymentId()), status == PaymentStatus.COMPLETED);
        }
    }

    void openCase(String caseId, String paymentId, String tenant, String principal) {
        jdbc.sql("""
                INSERT INTO payments.compliance_case
                    (id, payment_id, tenant, principal, reasons, remind_at, due_at, expires_at)
                VALUES (?, ?, ?, ?, '[{"code": "new_creditor_large_amount", "detail": "EUR 6000.00"}]',
                        '2030-01-01T00:00:00Z', '2030-01-02T00:00:00Z', '2030-01-07T00:00:00Z')
                """).params(caseId, paymentId, tenant, principal).update();
    }

    @Override
    public void resolve(String caseId, String verdict, String note, String resolver) {
        jdbc.sql("""
                UPDATE payments.compliance_case
                SET status = 'resolved', verdict = ?, note = ?, resolved_by = ?, resolved_at = clock_timestamp()
                WHERE id = ?
                """)
                .params(verdict.toLowerCase(Locale.ROOT), note, resolver, caseId)
                .update();
    }

    @Override
    public void assign(String caseId, String assignee) {
        jdbc.sql("UPDATE payments.compliance_case SET assignee = ? WHERE id = ?")
                .params(assignee, caseId)
                .update();
    }

    @Override
    public void addNote(String caseId, CaseNote note) {
        jdbc.sql("INSERT INTO payments.case_note (id, case_id, author, body) VALUES (?, ?, ?, ?)")
                .params(note.id(), caseId, note.author(), note.text())
                .update();
    }

    @Override
    public void createRefund(RefundOrder order) {
        openSaga(order);
        jdbc.sql("""
                INSERT INTO payments.refund (id, payment_id, tenant, principal, amount, currency, reason, end_to_end_id,
                    status, metadata, correlation_id, ordered_at, deadline)
                SELECT :id, p.id, :tenant, :principal, coalesce(:amount, p.amount - p.refunded_amount), p.currency, :reason,
                    :endToEndId, 'pending', :metadata::jsonb, :correlationId, :orderedAt, :deadline
                  FROM payments.payment p WHERE p.id = :payment
                """)
                .param("id", order.refundId())
                .param("payment", order.paymentId())
                .param("tenant", order.tenant())
                .param("principal", order.principal())
                .param("amount", order.amount() == null ? null : order.amount().minorUnits())
                .param("reason", order.reason())
                .param("endToEndId", EndToEndId.ofRefund(order.refundId()).value())
                .param("metadata", json(order.metadata()))
                .param("correlationId", order.correlationId())
                .param("orderedAt", utc(order.orderedAt()))
                .param("deadline", utc(order.deadline()))
                .update();
        sagas.succeeded(
                RefundWorkflow.workflowId(order.refundId()),
                1,
                "refund.create",
                null,
                null,
                "{\"reservation\": \"reserved\"}");
    }

    @Override
    public void refuseRefund(RefundOrder order, RefundReservation.Refused refusal) {
        openSaga(order);
        sagas.succeeded(
                RefundWorkflow.workflowId(order.refundId()), 1, "refund.create", null, json(order), json(refusal));
        sagas.end(RefundWorkflow.workflowId(order.refundId()), false);
    }

    @Override
    public void giveUpRefund(RefundOrder order) {
        sagas.succeeded(
                RefundWorkflow.workflowId(order.refundId()), 1, "refund.mark-failed", "refund.create", null, "true");
    }

    private void openSaga(RefundOrder order) {
        sagas.open(
                RefundWorkflow.workflowId(order.refundId()),
                SagaKind.REFUND,
                order.refundId(),
                order.tenant(),
                order.principal(),
                order.correlationId(),
                4);
    }

    @Override
    public void completeRefund(RefundOrder order) {
        jdbc.sql("""
                WITH refund AS (
                    UPDATE payments.refund
                       SET status = 'completed', transaction_id = :transaction, version = version + 1,
                           updated_at = clock_timestamp()
                     WHERE id = :id RETURNING payment_id, amount)
                UPDATE payments.payment p
                   SET refunded_amount = p.refunded_amount + refund.amount,
                       status = CASE WHEN p.refunded_amount + refund.amount = p.amount THEN 'refunded'
                                     ELSE 'partially_refunded' END
                  FROM refund WHERE p.id = refund.payment_id
                """)
                .param("id", order.refundId())
                .param("transaction", IdType.TRANSACTION.next())
                .update();
        sagas.end(RefundWorkflow.workflowId(order.refundId()), true);
    }

    @Override
    public void failRefund(RefundOrder order, String code, String detail) {
        jdbc.sql("""
                UPDATE payments.refund SET status = 'failed', failure_code = ?, failure_detail = ?, version = version + 1
                WHERE id = ?
                """).params(code, detail, order.refundId()).update();
        sagas.end(RefundWorkflow.workflowId(order.refundId()), false);
    }

    @Override
    public void createActivation(ActivationOrder order) {
        sagas.open(
                AccountActivationWorkflow.workflowId(order.activationId()),
                SagaKind.ACCOUNT_ACTIVATION,
                order.activationId(),
                order.tenant(),
                order.principal(),
                order.correlationId(),
                4);
        jdbc.sql("""
                INSERT INTO payments.account_activation (id, tenant, principal, customer_id, wallet_id, status, metadata,
                    correlation_id, ordered_at, deadline)
                VALUES (?, ?, ?, ?, ?, 'pending', ?::jsonb, ?, ?, ?)
                """)
                .params(
                        order.activationId(),
                        order.tenant(),
                        order.principal(),
                        order.customerId(),
                        order.walletId(),
                        json(order.metadata()),
                        order.correlationId(),
                        utc(order.orderedAt()),
                        utc(order.deadline()))
                .update();
    }

    @Override
    public void writeActivation(
            ActivationOrder order, ActivationStatus status, @Nullable String code, @Nullable String detail) {
        jdbc.sql("""
                UPDATE payments.account_activation
                SET status = ?, failure_code = ?, failure_detail = ?, version = version + 1 WHERE id = ?
                """).params(status.code(), code, detail, order.activationId()).update();
        if (status == ActivationStatus.COMPLETED) {
            jdbc.sql("SELECT ledger.activate_wallet(?)")
                    .param(order.walletId())
                    .query((row, number) -> true)
                    .single();
        }
    }

    private static String json(Object value) {
        try {
            return Payloads.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
