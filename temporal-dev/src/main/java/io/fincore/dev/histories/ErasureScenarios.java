package io.fincore.dev.histories;

import io.fincore.dev.payments.Payer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.stack.Stack;
import io.fincore.ledger.ChangeStatus;
import io.fincore.ledger.WalletStatus;
import io.fincore.ledger.Wallets;
import io.fincore.ledger.Withdrawal;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.erasure.ErasureCancellation;
import io.fincore.workflows.erasure.ErasureOrder;
import io.fincore.workflows.erasure.ErasureStatus;
import io.fincore.workflows.erasure.ErasureWorkflow;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Erasures: one that has to wait for a minute, and one whose deadline passes before it is taken back. */
final class ErasureScenarios extends SagaScenarios {

    private static final Money FUNDS = Money.of(100, "EUR");

    ErasureScenarios(Stack stack, TemporalPayments payments) {
        super(stack, payments);
    }

    @Override
    void begin() {
        Payer leaving = Payer.with(FUNDS, stack.postgres());
        ErasureOrder waits = erase("waits", leaving, Duration.ofDays(30), ErasureStatus.COMPLETED);
        ErasureOrder overdue = erase(
                "overdue-then-cancelled",
                Payer.with(FUNDS, stack.postgres()),
                Duration.ofSeconds(4),
                ErasureStatus.CANCELLED);
        awaitRow(waits, "status = 'pending' AND obstacles <> '[]'");
        Wallets wallets = new Wallets(stack.postgres().as(DatabaseRole.API));
        wallets.withdraw(new Withdrawal("all", leaving.walletId(), FUNDS, null, Map.of()));
        wallets.change(new ChangeStatus(leaving.walletId(), WalletStatus.CLOSED, Payer.PRINCIPAL, "leaves"));
        awaitRow(overdue, "status = 'overdue'");
        payments.client()
                .newWorkflowStub(ErasureWorkflow.class, ErasureWorkflow.workflowId(overdue.erasureId()))
                .cancel(new ErasureCancellation(Payer.PRINCIPAL));
    }

    private ErasureOrder erase(String path, Payer person, Duration untilDeadline, ErasureStatus end) {
        Instant now = Instant.now();
        ErasureOrder order = new ErasureOrder(
                IdType.ERASURE.next(),
                person.customerId(),
                "demo",
                Payer.PRINCIPAL,
                "wants to be forgotten",
                "recording",
                now,
                now.plus(untilDeadline.dividedBy(2)),
                now.plus(untilDeadline));
        String workflowId = ErasureWorkflow.workflowId(order.erasureId());
        payments.client()
                .newUntypedWorkflowStub(
                        ErasureWorkflow.WORKFLOW_TYPE,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(workflowId)
                                .setTaskQueue(TaskQueues.PAYMENTS)
                                .setStaticSummary("of " + person.customerId())
                                .build())
                .start(order);
        expect("erasure-" + path, workflowId, end.code());
        return order;
    }

    private void awaitRow(ErasureOrder order, String condition) {
        Pause.until(
                order.erasureId() + ": " + condition,
                () -> JdbcClient.create(stack.postgres().as(DatabaseRole.WORKER))
                        .sql("SELECT EXISTS (SELECT FROM payments.erasure WHERE id = ? AND " + condition + ")")
                        .param(order.erasureId())
                        .query(Boolean.class)
                        .single());
    }
}
