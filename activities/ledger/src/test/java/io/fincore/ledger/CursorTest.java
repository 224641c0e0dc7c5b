package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import org.junit.jupiter.api.Test;

class CursorTest {

    private final WorldOfWallets world = new WorldOfWallets();
    private final History history = new History(world.database.as(DatabaseRole.API));

    @Test
    void aWalletHasTheTransactionsThatMovedItsMoneyAndNoOthers() {
        Wallet wallet = world.wallet("EUR");
        Wallet other = world.wallet("EUR");
        String transaction = world.deposit(wallet, Money.of(1, "EUR")).transactionId();

        assertThat(history.has(wallet.id(), transaction)).isTrue();
        assertThat(history.has(other.id(), transaction)).isFalse();
        assertThat(history.has(wallet.id(), IdType.TRANSACTION.next())).isFalse();
    }
}
