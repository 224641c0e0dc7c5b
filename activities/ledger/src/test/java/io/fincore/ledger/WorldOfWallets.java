package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database of its own with the book on it, and the moves that tests need again and again. */
final class WorldOfWallets {

    final EmbeddedDatabase database = EmbeddedDatabase.create();
    final Wallets wallets = new Wallets(database.as(DatabaseRole.API));
    final ExpiredHolds expiredHolds = new ExpiredHolds(database.as(DatabaseRole.WORKER));
    final Ledger ledger = new Ledger(database.as(DatabaseRole.WORKER));
    final Book book = new Book(database.as(DatabaseRole.WORKER));
    final JdbcClient superuser = JdbcClient.create(database.asSuperuser());
    private final AtomicInteger keys = new AtomicInteger();

    /** An operation key that was not used before. */
    String newKey() {
        return "key-" + keys.incrementAndGet();
    }

    /** An active, empty wallet of a new customer. */
    Wallet wallet(String currency) {
        Wallet opened = wallets.open(
                        new OpenWallet("acme", "treasury", IdType.CUSTOMER.next(), new Currency(currency), Map.of()))
                .wallet();
        ledger.activate(opened.id());
        return reread(opened);
    }

    /** An active wallet with a balance. */
    Wallet wallet(Money balance) {
        Wallet wallet = wallet(balance.currency().code());
        deposit(wallet, balance);
        return reread(wallet);
    }

    DepositOutcome.Deposited deposit(Wallet wallet, Money amount) {
        return (DepositOutcome.Deposited) wallets.deposit(new Deposit(newKey(), wallet.id(), amount, null));
    }

    /** A deposit as the API's role calls for it, to be left open on a connection. */
    static String depositing(Wallet wallet, long amount) {
        return "SELECT ledger.deposit('left open', NULL, NULL, '" + IdType.TRANSACTION.next() + "', NULL, '"
                + wallet.id() + "', " + amount + ", '" + wallet.currency() + "', NULL, '{}')";
    }

    String hold(Wallet wallet, Money amount) {
        return ((HoldOutcome.Held) ledger.placeHold(new PlaceHold(newKey(), IdType.HOLD.next(), wallet.id(), amount)))
                .holdId();
    }

    /** With a deadline, as a client's authorisation has. */
    String hold(Wallet wallet, Money amount, Instant expiresAt) {
        return ((HoldOutcome.Held)
                        ledger.placeHold(new PlaceHold(newKey(), IdType.HOLD.next(), wallet.id(), amount, expiresAt)))
                .holdId();
    }

    /** Settles a part; more may follow. */
    SettleOutcome settlePart(String holdId, Money amount) {
        return ledger.settleHold(new SettleHold(newKey(), holdId, amount, null, SettleHold.Rest.STAYS_HELD));
    }

    /** Sets the deadline of a hold that is open to this moment. */
    void expire(String holdId) {
        superuser
                .sql("UPDATE ledger.hold SET expires_at = clock_timestamp() WHERE id = ? AND status = 'held'")
                .param(holdId)
                .update();
    }

    /** @param settled minor units */
    record HoldRow(HoldStatus status, long settled, boolean expired) {}

    HoldRow holdRow(String holdId) {
        return superuser
                .sql("SELECT status, settled_amount, expired FROM ledger.hold WHERE id = ?")
                .param(holdId)
                .query((row, number) -> new HoldRow(
                        Columns.constant(HoldStatus.class, row.getString("status")),
                        row.getLong("settled_amount"),
                        row.getBoolean("expired")))
                .single();
    }

    /** The database's clock, which is the book's. */
    Instant now() {
        return superuser
                .sql("SELECT clock_timestamp()")
                .query((row, number) -> Columns.instant(row, "clock_timestamp"))
                .single();
    }

    String settlement(Wallet wallet, Money amount) {
        return ((SettleOutcome.Settled)
                        ledger.settleHold(new SettleHold(newKey(), hold(wallet, amount), amount, "INV-1")))
                .transactionId();
    }

    Wallet reread(Wallet wallet) {
        return wallets.find(wallet.id()).orElseThrow();
    }

    void setStatus(Wallet wallet, WalletStatus status) {
        superuser
                .sql("UPDATE ledger.wallet SET status = lower(?) WHERE id = ?")
                .params(status.name(), wallet.id())
                .update();
    }

    /** Balance and available as given, and the book sound. */
    void assertWallet(Wallet wallet, Money balance, Money available) {
        Wallet now = reread(wallet);
        assertThat(now.balance()).as("balance").isEqualTo(balance);
        assertThat(now.available()).as("available").isEqualTo(available);
        assertSound();
    }

    /**
     * Six wallets pay each other, many transfers at once and single ones, from 16 threads: all are made, and the book stays sound.
     *
     * @param many how many transfers are made at once
     * @param transfers makes them; whether each was made
     */
    void assertTransfersMeet(int many, Predicate<List<Transfer>> transfers) {
        List<Wallet> all = IntStream.range(0, 6)
                .mapToObj(number -> wallet(Money.of(10_000, "EUR")))
                .toList();
        List<Boolean> answers = AtOnce.collect(16, number -> {
            boolean transferred = true;
            for (int i = 0; i < 10; i++) {
                int shift = 1 + (number + i) % 5;
                transferred &= transfers.test(IntStream.range(0, many)
                        .mapToObj(row -> transfer(all.get(row % 6), all.get((row + shift) % 6), 3))
                        .toList());
                transferred &= wallets.transfer(transfer(all.get(shift), all.getFirst(), 1))
                        instanceof TransferOutcome.Transferred;
            }
            return transferred;
        });

        assertThat(answers).containsOnly(true);
        assertSound();
    }

    private Transfer transfer(Wallet source, Wallet destination, long cents) {
        return new Transfer(newKey(), source.id(), destination.id(), Money.of(cents, "EUR"), null, Map.of());
    }

    /** Sums are zero, and each stored sum is the sum of what it stands for. */
    void assertSound() {
        assertThat(book.discrepancies()).isEmpty();
        assertThat(book.trialBalances())
                .allSatisfy(balance ->
                        assertThat(balance.isBalanced()).as("%s", balance).isTrue());
    }

    /** How many rows the append-only tables and the holds have: nothing else moved, was told or recorded if it stays. */
    long rows() {
        return superuser.sql("""
                        SELECT (SELECT count(*) FROM ledger.transaction) + (SELECT count(*) FROM ledger.entry)
                             + (SELECT count(*) FROM ledger.operation) + (SELECT count(*) FROM ledger.hold)
                             + (SELECT count(*) FROM outbox.event) + (SELECT count(*) FROM audit.unsealed)
                        """).query(Long.class).single();
    }
}
