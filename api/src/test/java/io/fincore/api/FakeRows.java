package io.fincore.api;

import io.fincore.money.EndToEndId;
import io.fincore.money.IdType;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes what the worker would write, as the worker's role. */
public final class FakeRows implements FakeActivities {

    private final JdbcClient jdbc;

    FakeRows(DataSource worker) {
        this.jdbc = JdbcClient.create(worker);
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
    }

    void openCase(String caseId, String paymentId, String tenant, String principal) {
        jdbc.sql("""
                INSERT INTO payments.compliance_case (id, payment_id, tenant, principal, reasons)
                VALUES (?, ?, ?, ?, '[{"code": "new_creditor_large_amount", "detail": "EUR 6000.00"}]')
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

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
