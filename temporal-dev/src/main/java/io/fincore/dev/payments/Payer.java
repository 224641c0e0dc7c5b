package io.fincore.dev.payments;

import io.fincore.customers.Customers;
import io.fincore.customers.NewCustomer;
import io.fincore.dev.stack.PostgresProcess;
import io.fincore.dev.stack.StackException;
import io.fincore.ledger.Deposit;
import io.fincore.ledger.DepositOutcome;
import io.fincore.ledger.Ledger;
import io.fincore.ledger.OpenOutcome;
import io.fincore.ledger.OpenWallet;
import io.fincore.ledger.Wallets;
import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.refund.RefundOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** An invented customer with a wallet, who orders payments. */
public record Payer(String customerId, String walletId) {

    public static final String PRINCIPAL = "alice";
    private static final String TENANT = "demo";

    /** Opens a wallet, activates it and pays in, with the rights that API and worker have. */
    public static Payer with(Money funds, PostgresProcess postgres) {
        Payer payer = unknown("Alice Example", funds.currency(), postgres);
        new Ledger(postgres.as(DatabaseRole.WORKER)).activate(payer.walletId());
        DepositOutcome deposited = new Wallets(postgres.as(DatabaseRole.API))
                .deposit(new Deposit("funds/" + payer.walletId(), payer.walletId(), funds, null));
        if (!(deposited instanceof DepositOutcome.Deposited)) {
            throw new StackException("The payer's wallet cannot be funded: " + deposited);
        }
        return payer;
    }

    /** One whose wallet waits for its activation. */
    public static Payer unknown(String name, Currency currency, PostgresProcess postgres) {
        DataSource database = postgres.as(DatabaseRole.API);
        String customer = new Customers(database)
                .create(new NewCustomer(TENANT, PRINCIPAL, name, "alice@example.com", null, null, Map.of()))
                .id();
        Wallets wallets = new Wallets(database);
        String wallet = switch (wallets.open(new OpenWallet(TENANT, PRINCIPAL, customer, currency, Map.of()))) {
            case OpenOutcome.Opened opened -> opened.wallet().id();
            case OpenOutcome.AlreadyOpen open -> open.wallet().id();
        };
        return new Payer(customer, wallet);
    }

    /** A payment of this payer, ordered now. */
    public PaymentOrder order(Money amount, String creditorIban, Duration untilDeadline) {
        Instant now = Instant.now();
        String paymentId = IdType.PAYMENT.next();
        return new PaymentOrder(
                paymentId,
                TENANT,
                PRINCIPAL,
                customerId,
                walletId,
                amount,
                new PaymentOrder.Creditor("ACME GmbH", creditorIban, null),
                "INV-1",
                Map.of(),
                null,
                "correlation-" + paymentId,
                now,
                now.plus(untilDeadline));
    }

    /** What is wanted back of a completed payment, ordered now; null for all of it. */
    public RefundOrder refund(PaymentOrder payment, @Nullable Money amount, Duration untilDeadline) {
        Instant now = Instant.now();
        String refundId = IdType.REFUND.next();
        return new RefundOrder(
                refundId,
                payment.paymentId(),
                TENANT,
                PRINCIPAL,
                amount,
                "returned goods",
                Map.of(),
                "correlation-" + refundId,
                now,
                now.plus(untilDeadline));
    }

    /** The activation of this payer's wallet, ordered now. */
    public ActivationOrder activation(Duration untilDeadline) {
        Instant now = Instant.now();
        String activationId = IdType.ACTIVATION.next();
        return new ActivationOrder(
                activationId,
                customerId,
                walletId,
                TENANT,
                PRINCIPAL,
                Map.of(),
                "correlation-" + activationId,
                now,
                now.plus(untilDeadline));
    }
}
