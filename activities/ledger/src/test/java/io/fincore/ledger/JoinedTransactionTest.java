package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Callers put their own rows and our movements into one transaction. */
class JoinedTransactionTest {

    private final WorldOfWallets world = new WorldOfWallets();
    private final DataSource dataSource = world.database.as(DatabaseRole.WORKER);
    private final Ledger ledger = new Ledger(dataSource);
    private final TransactionTemplate caller = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    private final Wallet wallet = world.wallet(Money.of(100, "EUR"));

    @Test
    void rollsBackWithItsCaller() {
        PlaceHold command = new PlaceHold("key", IdType.HOLD.next(), wallet.id(), Money.of(60, "EUR"));
        caller.executeWithoutResult(status -> {
            assertThat(ledger.placeHold(command)).isInstanceOf(HoldOutcome.Held.class);
            status.setRollbackOnly();
        });
        world.assertWallet(wallet, Money.of(100, "EUR"), Money.of(100, "EUR"));
        assertThat(ledger.placeHold(command))
                .as("the key was given back with it")
                .isInstanceOf(HoldOutcome.Held.class);
    }

    @Test
    void commitsWithItsCallerAlsoAfterARefusal() {
        PlaceHold command = new PlaceHold("key", IdType.HOLD.next(), wallet.id(), Money.of(60, "EUR"));
        caller.executeWithoutResult(status -> {
            ledger.placeHold(command);
            assertThat(ledger.placeHold(new PlaceHold("other", IdType.HOLD.next(), wallet.id(), Money.of(60, "EUR"))))
                    .isEqualTo(new InsufficientFunds(Money.of(40, "EUR")));
            ledger.settleHold(new SettleHold("settle", command.holdId(), Money.of(60, "EUR"), null));
        });
        world.assertWallet(wallet, Money.of(40, "EUR"), Money.of(40, "EUR"));
    }
}
