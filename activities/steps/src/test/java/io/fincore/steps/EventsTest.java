package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.ledger.ChangeStatus;
import io.fincore.ledger.Transfer;
import io.fincore.ledger.Wallet;
import io.fincore.ledger.WalletStatus;
import io.fincore.ledger.Wallets;
import io.fincore.ledger.Withdrawal;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.outbox.EventType;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.providers.KycAnswer;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.erasure.ErasureCancellation;
import io.fincore.workflows.erasure.ErasureOrder;
import io.fincore.workflows.erasure.ErasureStatus;
import io.fincore.workflows.erasure.ErasureWorkflow;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every type of event that clients are sent is appended by the real thing here, and is what its description says. */
class EventsTest {

    @Test
    void everyEventIsAsItIsDescribed() {
        EmbeddedDatabase database = BookOfAllOutcomes.write();
        activations(database);
        erasures(database);

        assertThat(DescribedEvents.require(database)).containsExactlyInAnyOrderElementsOf(EventType.codesForClients());
    }

    private static void activations(EmbeddedDatabase database) {
        try (PaymentSaga saga = new PaymentSaga(database)) {
            Activations activations = new Activations(saga);
            assertThat(activations.run(activations.order(activations.wallet()))).isEqualTo(ActivationStatus.COMPLETED);
            saga.kyc.answers.add(new KycAnswer.Rejected("KYC-1", "on a list"));
            assertThat(activations.run(activations.order(activations.wallet()))).isEqualTo(ActivationStatus.REJECTED);
            Wallet frozen = activations.wallet();
            activations.freeze(frozen);
            assertThat(activations.run(activations.order(frozen))).isEqualTo(ActivationStatus.FAILED);
            saga.kyc.answers.add(new KycAnswer.Referred("KYC-2", "two people of this name"));
            ActivationOrder referred = activations.order(activations.wallet());
            activations.start(referred);
            PaymentSaga.await(() -> saga.events(referred.activationId()).contains("activation.in_review"));
        }
    }

    private static void erasures(EmbeddedDatabase database) {
        try (PaymentSaga saga = new PaymentSaga(database)) {
            ErasureOrder withdrawn = startErasure(saga);
            PaymentSaga.await(() -> saga.events(withdrawn.erasureId()).contains("erasure.requested"));
            assertThat(saga.people
                            .newWorkflowStub(ErasureWorkflow.class, ErasureWorkflow.workflowId(withdrawn.erasureId()))
                            .cancel(new ErasureCancellation("ada")))
                    .isEqualTo(ErasureStatus.CANCELLED);

            ErasureOrder late = startErasure(saga);
            saga.temporal.sleep(Duration.ofDays(3));
            PaymentSaga.await(() -> saga.events(late.erasureId()).contains("erasure.overdue"));
            leave(saga);
            saga.temporal.sleep(Duration.ofHours(2));
            PaymentSaga.await(() -> saga.events(late.erasureId()).contains("customer.erased"));
        }
    }

    private static ErasureOrder startErasure(PaymentSaga saga) {
        Instant now = Instant.ofEpochMilli(saga.temporal.currentTimeMillis());
        ErasureOrder order = new ErasureOrder(
                IdType.ERASURE.next(),
                saga.wallet.customerId(),
                PaymentSaga.TENANT,
                PaymentSaga.OWNER,
                "wants to be forgotten",
                "test",
                now,
                now.plus(Duration.ofHours(2)),
                now.plus(Duration.ofDays(2)));
        saga.people
                .newUntypedWorkflowStub(
                        ErasureWorkflow.WORKFLOW_TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.PAYMENTS)
                                .setWorkflowId(ErasureWorkflow.workflowId(order.erasureId()))
                                .build())
                .start(order);
        return order;
    }

    /** Some of the money goes to somebody else's wallet, the rest is paid out. */
    private static void leave(PaymentSaga saga) {
        Wallets wallets = new Wallets(saga.database.as(DatabaseRole.API));
        try (PaymentSaga other = new PaymentSaga(saga.database)) {
            wallets.transfer(new Transfer(
                    "gift of " + saga.wallet.id(),
                    saga.wallet.id(),
                    other.wallet.id(),
                    Money.of(100, "EUR"),
                    "a gift",
                    Map.of()));
        }
        Money rest = PaymentSaga.FUNDS.minus(Money.of(100, "EUR"));
        wallets.withdraw(new Withdrawal("rest of " + saga.wallet.id(), saga.wallet.id(), rest, null, Map.of()));
        wallets.change(new ChangeStatus(saga.wallet.id(), WalletStatus.CLOSED, "olga", "leaves"));
    }
}
