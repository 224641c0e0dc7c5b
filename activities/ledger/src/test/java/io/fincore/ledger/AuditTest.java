package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fincore.audit.AuditEntry;
import io.fincore.audit.AuditLog;
import io.fincore.audit.AuditQuery;
import io.fincore.audit.Origin;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who, before and after of what happens to wallets and holds. */
class AuditTest {

    private final WorldOfWallets world = new WorldOfWallets();

    @Test
    void recordsTheLifeOfAWallet() {
        Wallet wallet = world.wallet("EUR");
        DataSource api = world.database.as(DatabaseRole.API);
        new TransactionTemplate(new JdbcTransactionManager(api)).executeWithoutResult(status -> {
            new Origin("clara", "req_1", "cor_1", "192.0.2.7", "curl/8").bind(JdbcClient.create(api));
            new Wallets(api).change(new ChangeStatus(wallet.id(), WalletStatus.FROZEN, "clara", "a call of the bank"));
        });

        assertThat(entries("wallet", wallet.id()))
                .extracting(AuditEntry::action, AuditEntry::before, AuditEntry::after, AuditEntry::origin)
                .containsExactly(
                        tuple(
                                "wallet.opened",
                                null,
                                "{\"status\": \"pending_activation\", \"currency\": \"EUR\", \"customer_id\": \""
                                        + wallet.customerId() + "\"}",
                                "{\"actor\": \"fincore_api\"}"),
                        tuple(
                                "wallet.status_changed",
                                "{\"status\": \"pending_activation\"}",
                                "{\"status\": \"active\"}",
                                "{\"actor\": \"fincore_worker\"}"),
                        tuple(
                                "wallet.status_changed",
                                "{\"status\": \"active\"}",
                                "{\"status\": \"frozen\"}",
                                "{\"ip\": \"192.0.2.7\", \"actor\": \"clara\", \"request_id\": \"req_1\", "
                                        + "\"user_agent\": \"curl/8\", \"correlation_id\": \"cor_1\"}"));
    }

    @Test
    void recordsWhatBecomesOfAHold() {
        Wallet wallet = world.wallet(Money.of(100, "EUR"));
        String settled = world.hold(wallet, Money.of(30, "EUR"));
        String released = world.hold(wallet, Money.of(20, "EUR"));
        world.ledger.settleHold(new SettleHold(world.newKey(), settled, Money.of(25, "EUR"), null));
        world.ledger.releaseHold(new ReleaseHold(world.newKey(), released));

        assertThat(entries("hold", settled))
                .extracting(AuditEntry::action, AuditEntry::before, AuditEntry::after)
                .containsExactly(
                        tuple("hold.placed", null, placed(wallet, 30)),
                        tuple("hold.changed", held(30, "held", 0), held(30, "settled", 25)));
        assertThat(entries("hold", released))
                .extracting(AuditEntry::action, AuditEntry::before, AuditEntry::after)
                .containsExactly(
                        tuple("hold.placed", null, placed(wallet, 20)),
                        tuple("hold.changed", held(20, "held", 0), held(20, "released", 0)));
    }

    private static String placed(Wallet wallet, int amount) {
        return "{\"amount\": " + amount + ", \"status\": \"held\", \"currency\": \"EUR\", \"wallet_id\": \""
                + wallet.id() + "\", \"expires_at\": null}";
    }

    private static String held(int amount, String status, int settled) {
        return "{\"amount\": " + amount + ", \"status\": \"" + status
                + "\", \"expired\": false, \"expires_at\": null, \"settled_amount\": " + settled + "}";
    }

    /** The oldest first. */
    private List<AuditEntry> entries(String object, String id) {
        RecordedBook.seal(world);
        return new AuditLog(world.database.as(DatabaseRole.API))
                .entries(new AuditQuery(object, id, null, null, 100))
                .reversed();
    }
}
