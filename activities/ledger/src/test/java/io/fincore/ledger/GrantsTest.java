package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The matrix of docs/internals/grants.md, asked of the database and tried as the roles themselves. */
class GrantsTest {

    private static final List<String> READ = List.of("SELECT");

    private final WorldOfWallets world = new WorldOfWallets();

    @Test
    void letsRuntimeRolesReadTablesAndNothingElse() {
        Map<String, List<String>> granted = Map.of(
                "account", READ,
                "account_balance", READ,
                "balance_discrepancy", READ,
                "chart_of_accounts", READ,
                "entry", READ,
                "hold", READ,
                "transaction", READ,
                "wallet", READ,
                "wallet_history", READ);
        assertThat(tablePrivileges(DatabaseRole.API)).containsExactlyInAnyOrderEntriesOf(granted);
        assertThat(tablePrivileges(DatabaseRole.WORKER)).containsExactlyInAnyOrderEntriesOf(granted);
    }

    @Test
    void letsEachRoleMakeItsOwnMovementsOnly() {
        assertThat(executable(DatabaseRole.API))
                .containsExactly(
                        "balance_at",
                        "change_wallet_status",
                        "deposit",
                        "entry_record",
                        "open_wallet",
                        "transaction_record",
                        "transaction_record",
                        "transfer",
                        "transfer_batch",
                        "transfer_each",
                        "withdraw");
        assertThat(executable(DatabaseRole.WORKER))
                .containsExactly(
                        "activate_wallet",
                        "balance_at",
                        "entry_record",
                        "keep_hold",
                        "place_hold",
                        "release_expired_holds",
                        "release_hold",
                        "reverse_transaction",
                        "settle_hold",
                        "transaction_record",
                        "transaction_record");
    }

    @Test
    void refusesTheMovementsOfTheOtherRole() {
        Wallet wallet = world.wallet(Money.of(100, "EUR"));
        Money amount = Money.of(1, "EUR");
        String hold = world.hold(wallet, amount);
        String settlement = world.settlement(wallet, amount);
        long rows = world.rows();
        Ledger asApi = new Ledger(world.database.as(DatabaseRole.API));
        Wallets asWorker = new Wallets(world.database.as(DatabaseRole.WORKER));

        assertDenied(() -> asApi.placeHold(new PlaceHold("key", IdType.HOLD.next(), wallet.id(), amount)));
        assertDenied(() -> asApi.settleHold(new SettleHold("key", hold, amount, null)));
        assertDenied(() -> asApi.releaseHold(new ReleaseHold("key", hold)));
        assertDenied(() -> asApi.keepHold(hold));
        assertDenied(() -> new ExpiredHolds(world.database.as(DatabaseRole.API)).release(1));
        assertDenied(() -> asApi.activate(wallet.id()));
        assertDenied(() -> asApi.reverse(new Reverse("key", settlement, amount, null)));
        assertDenied(() -> asWorker.deposit(new Deposit("key", wallet.id(), amount, null)));
        assertDenied(() -> asWorker.withdraw(new Withdrawal("key", wallet.id(), amount, null, Map.of())));
        assertDenied(() ->
                asWorker.transfer(new Transfer("key", wallet.id(), IdType.WALLET.next(), amount, null, Map.of())));
        assertDenied(() -> asWorker.change(new ChangeStatus(wallet.id(), WalletStatus.FROZEN, "eve", "because")));
        assertDenied(() -> asWorker.open(
                new OpenWallet("acme", "treasury", IdType.CUSTOMER.next(), new Currency("EUR"), Map.of())));
        assertThat(world.rows()).isEqualTo(rows);
        world.assertWallet(wallet, Money.of(99, "EUR"), Money.of(98, "EUR"));
    }

    @Test
    void letsBothRolesRead() {
        Wallet wallet = world.wallet(Money.of(100, "EUR"));
        for (DatabaseRole role : List.of(DatabaseRole.API, DatabaseRole.WORKER)) {
            Wallets wallets = new Wallets(world.database.as(role));
            assertThat(wallets.find(wallet.id())).contains(wallet);
            assertThat(wallets.balance(wallet.id())).isPresent();
            assertThat(new Book(world.database.as(role)).discrepancies()).isEmpty();
        }
    }

    private Map<String, List<String>> tablePrivileges(DatabaseRole role) {
        Map<String, List<String>> privileges = new TreeMap<>();
        world.superuser
                .sql("""
                        SELECT c.relname, array_agg(p ORDER BY p) AS privileges
                          FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE',
                                                        'REFERENCES', 'TRIGGER']) AS p
                         WHERE c.relnamespace = 'ledger'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
                           AND c.relname <> 'flyway_schema_history'
                           AND (has_table_privilege(?, c.oid, p)
                                OR p IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
                                   AND has_any_column_privilege(?, c.oid, p))
                         GROUP BY c.relname
                        """)
                .params(role.roleName(), role.roleName())
                .query((row, number) -> privileges.put(row.getString("relname"), List.of((String[])
                        row.getArray("privileges").getArray())))
                .list();
        return privileges;
    }

    private List<String> executable(DatabaseRole role) {
        return world.superuser
                .sql("""
                        SELECT proname FROM pg_proc
                         WHERE pronamespace = 'ledger'::regnamespace AND has_function_privilege(?, oid, 'EXECUTE')
                         ORDER BY proname
                        """)
                .param(role.roleName())
                .query(String.class)
                .list();
    }

    private static void assertDenied(ThrowingCallable attempt) {
        assertThatThrownBy(attempt).rootCause().hasMessageContaining("permission denied for function");
    }
}
