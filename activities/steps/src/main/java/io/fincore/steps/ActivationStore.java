package io.fincore.steps;

import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.activation.AccountActivationWorkflow;
import io.fincore.workflows.activation.ActivationEnding;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.activation.ActivationStep;
import io.fincore.workflows.activation.KycAnswer;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of account activations, with their saga and their events, in the caller's transaction. */
final class ActivationStore {

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final SagaStore sagas;

    ActivationStore(DataSource dataSource, Outbox outbox, SagaStore sagas) {
        this.jdbc = JdbcClient.create(dataSource);
        this.outbox = outbox;
        this.sagas = sagas;
    }

    /** Writes the activation as {@code pending}, with its saga, unless it is there. */
    void create(ActivationOrder order) {
        sagas.open(
                AccountActivationWorkflow.workflowId(order.activationId()),
                SagaKind.ACCOUNT_ACTIVATION,
                order.activationId(),
                order.tenant(),
                order.principal(),
                order.correlationId(),
                ActivationStep.values().length);
        int created = jdbc.sql("""
                INSERT INTO payments.account_activation (id, tenant, principal, customer_id, wallet_id, status, metadata,
                    correlation_id, ordered_at, deadline)
                VALUES (:id, :tenant, :principal, :customerId, :walletId, 'pending', :metadata::jsonb,
                    :correlationId, :orderedAt, :deadline)
                ON CONFLICT (id) DO NOTHING""")
                .param("id", order.activationId())
                .param("tenant", order.tenant())
                .param("principal", order.principal())
                .param("customerId", order.customerId())
                .param("walletId", order.walletId())
                .param("metadata", Json.write(order.metadata()))
                .param("correlationId", order.correlationId())
                .param("orderedAt", Timestamp.from(order.orderedAt()))
                .param("deadline", Timestamp.from(order.deadline()))
                .update();
        if (created == 1) {
            publish(order.activationId(), "activation.created");
        }
    }

    ActivationRow get(String activationId) {
        return jdbc.sql("SELECT * FROM payments.account_activation WHERE id = :id")
                .param("id", activationId)
                .query(ActivationRow::read)
                .single();
    }

    /** Changes the status, and no more; the saga's is changed by whoever calls. */
    void changeStatus(String activationId, ActivationStatus status) {
        jdbc.sql("""
                UPDATE payments.account_activation
                   SET status = :status, updated_at = clock_timestamp(), version = version + 1
                 WHERE id = :id AND status <> :status""").param("id", activationId).param("status", status.code()).update();
    }

    void markInReview(String activationId, String reason) {
        jdbc.sql("""
                UPDATE payments.account_activation
                   SET status = 'in_review', review_reason = :reason, updated_at = clock_timestamp(), version = version + 1
                 WHERE id = :id""").param("id", activationId).param("reason", reason).update();
        publish(activationId, "activation.in_review");
    }

    void approve(String activationId, KycAnswer.Approved answer) {
        sagas.changeStatus(AccountActivationWorkflow.workflowId(activationId), SagaStatus.RUNNING);
        changeStatus(activationId, ActivationStatus.PENDING);
        jdbc.sql("""
                UPDATE payments.account_activation
                   SET kyc_reference = :reference, kyc_approved_at = clock_timestamp() WHERE id = :id""")
                .param("id", activationId)
                .param("reference", answer.reference())
                .update();
    }

    void revoke(String activationId) {
        jdbc.sql("UPDATE payments.account_activation SET kyc_approved_at = NULL WHERE id = :id")
                .param("id", activationId)
                .update();
    }

    void complete(String activationId) {
        changeStatus(activationId, ActivationStatus.COMPLETED);
        sagas.changeStatus(AccountActivationWorkflow.workflowId(activationId), SagaStatus.SUCCEEDED);
        publish(activationId, "activation.completed");
    }

    void end(String activationId, ActivationEnding ending) {
        jdbc.sql("""
                UPDATE payments.account_activation
                   SET status = :status, failure_code = :code, failure_detail = :detail, updated_at = clock_timestamp(),
                       version = version + 1
                 WHERE id = :id""")
                .param("id", activationId)
                .param("status", ending.status().code())
                .param("code", ending.code())
                .param("detail", ending.detail())
                .update();
        sagas.changeStatus(AccountActivationWorkflow.workflowId(activationId), SagaStatus.FAILED);
        publish(activationId, "activation." + ending.status().code());
    }

    private void publish(String activationId, String type) {
        ActivationRow activation = get(activationId);
        Map<String, String> body = new LinkedHashMap<>();
        body.put("id", activation.id());
        body.put("object", "account_activation");
        body.put("customer", activation.customerId());
        body.put("wallet", activation.walletId());
        body.put("status", activation.status());
        if (activation.failureCode() != null) {
            body.put("failure_code", activation.failureCode());
        }
        outbox.append(
                new NewEvent(activation.tenant(), activation.principal(), type, activation.id(), Json.write(body)));
    }
}
