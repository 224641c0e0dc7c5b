package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.ledger.ChangeStatus;
import io.fincore.ledger.OpenWallet;
import io.fincore.ledger.Wallet;
import io.fincore.ledger.WalletStatus;
import io.fincore.ledger.Wallets;
import io.fincore.ledger.Withdrawal;
import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.providers.BankStatus;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.payment.CancellationRequest;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundStatus;
import io.fincore.workflows.refund.RefundWorkflow;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A book in which payments and refunds have come to every end there is, and some have stopped between two steps. */
final class BookOfAllOutcomes {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private BookOfAllOutcomes() {}

    static EmbeddedDatabase write() {
        EmbeddedDatabase database = EmbeddedDatabase.create();
        write(database);
        reviewed(database, (saga, order) -> {
            saga.theCase(order).resolve(new CaseResolution("olga", true, "known supplier"));
            assertThat(saga.end(order)).isEqualTo(PaymentStatus.COMPLETED);
        });
        reviewed(database, (saga, order) -> {
            saga.theCase(order).resolve(new CaseResolution("olga", false, "not plausible"));
            assertThat(saga.end(order)).isEqualTo(PaymentStatus.REJECTED);
        });
        reviewed(database, (saga, order) -> {
            saga.workflow(order).cancel(new CancellationRequest(PaymentSaga.OWNER, "changed my mind"));
            assertThat(saga.end(order)).isEqualTo(PaymentStatus.CANCELLED);
        });
        reviewed(database, (saga, order) -> {});
        return database;
    }

    /** Each with a clock of its own: the others' runs ahead of the case's terms. */
    private static void reviewed(EmbeddedDatabase database, BiConsumer<PaymentSaga, PaymentOrder> then) {
        try (PaymentSaga saga = new PaymentSaga(database)) {
            PaymentOrder order = saga.order(6_000_00);
            assertThat(saga.accept(order)).isEqualTo(PaymentStatus.IN_REVIEW);
            then.accept(saga, order);
        }
    }

    private static void write(EmbeddedDatabase database) {
        JdbcClient.create(database.asSuperuser())
                .sql(
                        "INSERT INTO audit.unsealed (action, object, object_id, origin) VALUES ('book.opened', 'book', '1', '{}')")
                .update();
        try (PaymentSaga saga = new PaymentSaga(database)) {
            Refunds refunds = new Refunds(saga);
            Operators operators = new Operators(saga);

            assertThat(saga.run(saga.order(1000))).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(saga.run(saga.order(1, "Blocked Person Ltd", AN_HOUR))).isEqualTo(PaymentStatus.REJECTED);
            saga.bank.willAnswer(new BankStatus.Rejected("AC04", "closed account"));
            assertThat(saga.run(saga.order(2000))).isEqualTo(PaymentStatus.FAILED);

            PaymentOrder whole = saga.order(3000);
            saga.run(whole);
            assertThat(refunds.run(refunds.order(whole, null))).isEqualTo(RefundStatus.COMPLETED);
            PaymentOrder part = saga.order(4000);
            saga.run(part);
            assertThat(refunds.run(refunds.order(part, eur(1500)))).isEqualTo(RefundStatus.COMPLETED);
            saga.bank.willAnswer(new BankStatus.Rejected("AC04", "closed account"));
            assertThat(refunds.run(refunds.order(part, eur(500)))).isEqualTo(RefundStatus.FAILED);

            // Between the reversal and the refund's end, between the settlement and the payment's, between the release
            // and it.
            saga.saboteur.plan("payment.mark-refunded", Fault.PERMANENT);
            RefundOrder booked = refunds.order(part, eur(700));
            refunds.start(booked);
            operators.awaitCall(RefundWorkflow.workflowId(booked.refundId()));
            saga.saboteur.plan("payment.complete", Fault.PERMANENT);
            PaymentOrder settled = saga.order(5000);
            saga.start(settled);
            operators.awaitCall(PaymentWorkflow.workflowId(settled.paymentId()));
            saga.saboteur.plan("payment.end", Fault.PERMANENT);
            saga.bank.willAnswer(new BankStatus.Rejected("AC04", "closed account"));
            PaymentOrder released = saga.order(5500);
            saga.start(released);
            operators.awaitCall(PaymentWorkflow.workflowId(released.paymentId()));

            Wallets wallets = new Wallets(saga.database.as(DatabaseRole.API));
            Money rest =
                    wallets.find(saga.wallet.id()).orElseThrow().available().minus(eur(10_00));
            wallets.withdraw(new Withdrawal("almost all", saga.wallet.id(), rest, null, Map.of()));
            saga.saboteur.repair("payment.end");
            assertThat(saga.run(saga.order(10_01))).isEqualTo(PaymentStatus.FAILED);
            Wallet closed = wallets.open(new OpenWallet(
                            PaymentSaga.TENANT,
                            PaymentSaga.OWNER,
                            IdType.CUSTOMER.next(),
                            new Currency("EUR"),
                            Map.of()))
                    .wallet();
            wallets.change(new ChangeStatus(closed.id(), WalletStatus.CLOSED, "olga", "never used"));
        }
    }

    private static Money eur(long minorUnits) {
        return Money.of(minorUnits, "EUR");
    }
}
