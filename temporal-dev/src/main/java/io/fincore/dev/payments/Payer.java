package io.fincore.dev.payments;

import io.fincore.customers.Customers;
import io.fincore.customers.NewCustomer;
import io.fincore.dev.stack.PostgresProcess;
import io.fincore.dev.stack.StackException;
import io.fincore.ledger.Deposit;
import io.fincore.ledger.DepositOutcome;
import io.fincore.ledger.OpenOutcome;
import io.fincore.ledger.OpenWallet;
import io.fincore.ledger.Wallets;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import io.fincore.workflows.payment.PaymentOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;

/** An invented customer with a wallet, who orders payments. */
public record Payer(String customerId, String walletId) {

    public static final String PRINCIPAL = "alice";
    private static final String TENANT = "demo";

    /** Opens a wallet and pays in, with the rights that the API has. */
    public static Payer with(Money funds, PostgresProcess postgres) {
        DataSource database = postgres.as(DatabaseRole.API);
        String customer = new Customers(database)
                .create(new NewCustomer(TENANT, PRINCIPAL, "Alice Example", "alice@example.com", null, null, Map.of()))
                .id();
        Wallets wallets = new Wallets(database);
        String wallet = switch (wallets.open(new OpenWallet(TENANT, PRINCIPAL, customer, funds.currency(), Map.of()))) {
            case OpenOutcome.Opened opened -> opened.wallet().id();
            case OpenOutcome.AlreadyOpen open -> open.wallet().id();
        };
        DepositOutcome deposited = wallets.deposit(new Deposit("funds/" + wallet, wallet, funds, null));
        if (!(deposited instanceof DepositOutcome.Deposited)) {
            throw new StackException("The payer's wallet cannot be funded: " + deposited);
        }
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
}
