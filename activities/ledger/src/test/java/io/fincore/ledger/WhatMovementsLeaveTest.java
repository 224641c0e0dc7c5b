package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.outbox.EventType;
import io.fincore.postgres.DatabaseRole;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A movement, its event and its record are one: all of them, or none. And nobody moves what another one owns. */
class WhatMovementsLeaveTest {

    private final WorldOfWallets world = new WorldOfWallets();
    private final Wallets wallets = world.wallets;
    private final Wallet source = world.wallet(eur(1_000));
    private final Wallet destination = world.wallet("EUR");

    @Test
    void tellsTheOwnerOnceWhatWasMoved() {
        wallets.deposit(new Deposit("deposit", source.id(), eur(5), "salary"));
        wallets.withdraw(new Withdrawal("withdrawal", source.id(), eur(6), null, Map.of()));
        wallets.transfer(new Transfer("transfer", source.id(), destination.id(), eur(7), "rent", Map.of()));
        wallets.transfer(new TransferBatch("batch", TransferBatch.Mode.EACH, List.of(row(8), row(1_000_000), row(9))));

        for (int again = 0; again < 2; again++) {
            assertThat(events())
                    .containsExactly(
                            "deposit.completed {\"amount\": 5, \"wallet\": \"SOURCE\", \"currency\": \"EUR\", \"reference\": \"salary\"}",
                            "withdrawal.completed {\"amount\": 6, \"wallet\": \"SOURCE\", \"currency\": \"EUR\", \"reference\": null}",
                            "transfer.completed " + transfer(7, "\"rent\""),
                            "transfer.completed " + transfer(8, "null"),
                            "transfer.completed " + transfer(9, "null"));
            wallets.deposit(new Deposit("deposit", source.id(), eur(5), "salary"));
            wallets.transfer(new Transfer("transfer", source.id(), destination.id(), eur(7), "rent", Map.of()));
            wallets.transfer(
                    new TransferBatch("batch", TransferBatch.Mode.EACH, List.of(row(8), row(1_000_000), row(9))));
            wallets.transfer(new Transfer("poor", source.id(), destination.id(), eur(1_000_000), null, Map.of()));
        }
    }

    /** The functions of the book append their events themselves: nobody checks them but this. */
    @Test
    void tellsOfTypesThatAreListed() {
        wallets.withdraw(new Withdrawal("withdrawal", source.id(), eur(6), null, Map.of()));
        wallets.transfer(new Transfer("transfer", source.id(), destination.id(), eur(7), "rent", Map.of()));

        assertThat(world.superuser
                        .sql("SELECT DISTINCT type FROM outbox.event")
                        .query(String.class)
                        .list())
                .hasSize(3)
                .isSubsetOf(EventType.codesForClients());
    }

    @Test
    void recordsEveryTransactionForTheAuditAsItStandsInTheBook() {
        String settlement = world.settlement(source, eur(10));
        world.ledger.reverse(new Reverse("reversal", settlement, eur(4), "returned"));
        wallets.transfer(new Transfer("transfer", source.id(), destination.id(), eur(7), null, Map.of("flat", "3")));
        wallets.transfer(new TransferBatch("batch", TransferBatch.Mode.ATOMIC, List.of(row(8), row(9))));

        assertThat(world.superuser.sql("""
                        SELECT t.kind || ' ' || count(u.id) || ' ' || bool_and(u.after = ledger.transaction_record(t.id))
                                   || ' ' || min(u.origin ->> 'actor')
                          FROM ledger.transaction t
                          LEFT JOIN audit.unsealed u ON u.object_id = t.id AND u.action = 'transaction.booked'
                         GROUP BY t.id, t.kind, t.booked_at ORDER BY t.booked_at""").query(String.class).list())
                .containsExactly(
                        "deposit 1 true fincore_api",
                        "settlement 1 true fincore_worker",
                        "reversal 1 true fincore_worker",
                        "transfer 1 true fincore_api",
                        "transfer 1 true fincore_api",
                        "transfer 1 true fincore_api");
    }

    @Test
    void leavesNothingOfAMovementThatIsRolledBack() {
        long events = events().size();
        long rows = world.rows();

        DataSource api = world.database.as(DatabaseRole.API);
        new TransactionTemplate(new DataSourceTransactionManager(api)).executeWithoutResult(status -> {
            new Wallets(api).deposit(new Deposit("deposit", source.id(), eur(5), null));
            status.setRollbackOnly();
        });

        assertThat(events()).hasSize((int) events);
        assertThat(world.rows()).isEqualTo(rows);
        world.assertWallet(source, eur(1_000), eur(1_000));
    }

    @Test
    void findsNoWalletOfAnotherOwner() {
        Wallets strangers = wallets.movingOnlyThoseOf("acme", "somebody else");
        Transfer transfer = new Transfer("transfer", source.id(), destination.id(), eur(1), null, Map.of());

        assertThat(strangers.deposit(new Deposit("deposit", source.id(), eur(1), null)))
                .isEqualTo(new WalletUnknown());
        assertThat(strangers.withdraw(new Withdrawal("withdrawal", source.id(), eur(1), null, Map.of())))
                .isEqualTo(new WalletUnknown());
        assertThat(strangers.transfer(transfer)).isEqualTo(new WalletUnknown());
        assertThat(strangers.transfer(new TransferBatch("batch", TransferBatch.Mode.EACH, List.of(row(1)))))
                .isEqualTo(new TransferBatchOutcome.Done(List.of(new WalletUnknown())));
        assertThat(wallets.movingOnlyThoseOf("another tenant", "treasury").transfer(transfer))
                .isEqualTo(new WalletUnknown());
        assertThat(wallets.movingOnlyThoseOf("acme", "treasury").transfer(transfer))
                .isInstanceOf(TransferOutcome.Transferred.class);
        world.assertWallet(source, eur(999), eur(999));
    }

    @Test
    void whatIsNoIdIsNoWallet() {
        assertThat(wallets.deposit(new Deposit("deposit", "wal_\u0000", eur(1), null)))
                .isEqualTo(new WalletUnknown());
        assertThat(wallets.transfer(new Transfer("transfer", source.id(), "nobody", eur(1), null, Map.of())))
                .isEqualTo(new TransferOutcome.DestinationUnknown());
    }

    @Test
    void batchesAskWhoseEachWalletIs() {
        Wallet foreign = wallets.open(
                        new OpenWallet("acme", "another", IdType.CUSTOMER.next(), source.currency(), Map.of()))
                .wallet();
        world.ledger.activate(foreign.id());
        Wallets own = wallets.movingOnlyThoseOf("acme", "treasury");
        List<TransferBatch.Row> rows = List.of(
                row(1),
                new TransferBatch.Row(source.id(), foreign.id(), eur(1), null, Map.of()),
                new TransferBatch.Row(foreign.id(), source.id(), eur(1), null, Map.of()));

        assertThat(own.transfer(new TransferBatch("atomic", TransferBatch.Mode.ATOMIC, rows)))
                .isEqualTo(new TransferBatchOutcome.Refused(1, new TransferOutcome.DestinationUnknown()));
        assertThat(own.transfer(new TransferBatch("each", TransferBatch.Mode.EACH, rows)))
                .isInstanceOfSatisfying(
                        TransferBatchOutcome.Done.class,
                        done -> assertThat(IntStream.of(1, 2).mapToObj(done.rows()::get))
                                .containsExactly(new TransferOutcome.DestinationUnknown(), new WalletUnknown()));
        world.assertWallet(source, eur(999), eur(999));
        world.assertWallet(foreign, eur(0), eur(0));
    }

    /** Those of the wallets' owner, without that of the funds which the source began with. */
    private List<String> events() {
        return world
                .superuser
                .sql(
                        "SELECT type || ' ' || payload FROM outbox.event WHERE tenant = 'acme' AND principal = 'treasury' ORDER BY number")
                .query(String.class)
                .list()
                .stream()
                .skip(1)
                .map(text -> text.replace(source.id(), "SOURCE").replace(destination.id(), "DESTINATION"))
                .toList();
    }

    private static String transfer(long amount, String reference) {
        return "{\"amount\": " + amount + ", \"source\": \"SOURCE\", \"currency\": \"EUR\", \"reference\": " + reference
                + ", \"destination\": \"DESTINATION\"}";
    }

    private TransferBatch.Row row(long amount) {
        return new TransferBatch.Row(source.id(), destination.id(), eur(amount), null, Map.of());
    }

    private static Money eur(long amount) {
        return Money.of(amount, "EUR");
    }
}
