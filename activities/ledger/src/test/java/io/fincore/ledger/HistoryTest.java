package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a wallet's past says, and goes on saying. */
class HistoryTest {

    private final WorldOfWallets world = new WorldOfWallets();
    private final History history = new History(world.database.as(DatabaseRole.API));
    private final Wallet wallet = world.wallet("EUR");
    private final Wallet friend = world.wallet("EUR");
    private final List<String> transactions = new ArrayList<>();

    @BeforeEach
    void live() {
        transactions.add(world.deposit(wallet, eur(1_000)).transactionId());
        transactions.add(((TransferOutcome.Transferred) world.wallets.transfer(new Transfer(
                        world.newKey(),
                        wallet.id(),
                        friend.id(),
                        eur(300),
                        "rent",
                        Map.of("flat", "3", "month", "may"))))
                .transactionId());
        transactions.add(((TransferOutcome.Transferred) world.wallets.transfer(
                        new Transfer(world.newKey(), friend.id(), wallet.id(), eur(50), null, Map.of())))
                .transactionId());
        transactions.add(world.settlement(wallet, eur(20)));
        transactions.add(((WithdrawalOutcome.Withdrawn)
                        world.wallets.withdraw(new Withdrawal(world.newKey(), wallet.id(), eur(5), null, Map.of())))
                .transactionId());
    }

    @Test
    void showsTheNewestFirstWithTheBalanceAfterEach() {
        assertThat(history.movements(all(10)))
                .extracting(
                        Movement::transactionId,
                        Movement::kind,
                        Movement::side,
                        movement -> movement.amount().minorUnits(),
                        movement -> movement.balanceAfter().minorUnits(),
                        Movement::counterpart)
                .containsExactly(
                        tuple(transactions.get(4), TransactionKind.WITHDRAWAL, Side.DEBIT, 5L, 725L, null),
                        tuple(transactions.get(3), TransactionKind.SETTLEMENT, Side.DEBIT, 20L, 730L, null),
                        tuple(transactions.get(2), TransactionKind.TRANSFER, Side.CREDIT, 50L, 750L, friend.id()),
                        tuple(transactions.get(1), TransactionKind.TRANSFER, Side.DEBIT, 300L, 700L, friend.id()),
                        tuple(transactions.get(0), TransactionKind.DEPOSIT, Side.CREDIT, 1_000L, 1_000L, null));
    }

    @Test
    void turnsPagesInBothDirections() {
        assertThat(found(query(null, null, null, null, null, Map.of(), null, transactions.get(3), 2)))
                .containsExactly(transactions.get(2), transactions.get(1));
        assertThat(found(query(null, null, null, null, null, Map.of(), transactions.get(1), null, 2)))
                .containsExactly(transactions.get(2), transactions.get(3));
        assertThat(found(query(null, null, null, null, null, Map.of(), null, IdType.TRANSACTION.next(), 2)))
                .as("after a transaction of somebody else")
                .isEmpty();
    }

    @Test
    void narrowsByEachFilter() {
        Movement second = history.movements(all(10)).get(3);
        assertThat(found(query(second.bookedAt(), null, null, null, null, Map.of(), null, null, 10)))
                .containsExactly(transactions.get(4), transactions.get(3), transactions.get(2), transactions.get(1));
        assertThat(found(new MovementQuery(
                        wallet.id(), null, second.bookedAt(), null, null, null, null, Map.of(), null, null, 10)))
                .containsExactly(transactions.get(0));
        assertThat(found(query(null, TransactionKind.SETTLEMENT, null, null, null, Map.of(), null, null, 10)))
                .containsExactly(transactions.get(3));
        assertThat(found(query(null, null, 20L, 300L, null, Map.of(), null, null, 10)))
                .containsExactly(transactions.get(3), transactions.get(2), transactions.get(1));
        assertThat(found(query(null, null, null, null, friend.id(), Map.of(), null, null, 10)))
                .containsExactly(transactions.get(2), transactions.get(1));
        assertThat(found(query(null, null, null, null, null, Map.of("flat", "3"), null, null, 10)))
                .containsExactly(transactions.get(1));
        assertThat(found(query(null, null, null, null, null, Map.of("flat", "4"), null, null, 10)))
                .isEmpty();
    }

    @Test
    void opensAndClosesAStatementWithTheSumOfItsMovements() {
        List<Movement> newestFirst = history.movements(all(10));
        Instant from = newestFirst.get(3).bookedAt();
        Instant until = newestFirst.get(0).bookedAt();

        io.fincore.ledger.Statement statement =
                history.statement(wallet.id(), from, until).orElseThrow();

        assertThat(statement.opening()).isEqualTo(eur(1_000));
        assertThat(statement.credits()).isEqualTo(turnover(1, 50));
        assertThat(statement.debits()).isEqualTo(turnover(2, 320));
        assertThat(statement.closing()).isEqualTo(eur(730));
        List<Movement> streamed = new ArrayList<>();
        history.movements(statement, streamed::add);
        assertThat(streamed).hasSize(3).isEqualTo(newestFirst.subList(1, 4).reversed());
    }

    /** No balance is more than {@code Money} carries, but what comes and goes adds up to any sum. */
    @Test
    void sumsUpMoreThanAnAmountCanBe() {
        Instant from = now();
        Wallet busy = world.wallet("EUR");
        Money most = eur(Money.MAX_MINOR_UNITS);
        for (int i = 0; i < 10; i++) {
            world.deposit(busy, most);
            world.wallets.withdraw(new Withdrawal(world.newKey(), busy.id(), most, null, Map.of()));
        }
        world.deposit(busy, eur(7));

        io.fincore.ledger.Statement statement =
                history.statement(busy.id(), from, passed()).orElseThrow();

        BigInteger tenTimes = BigInteger.valueOf(Money.MAX_MINOR_UNITS).multiply(BigInteger.TEN);
        assertThat(statement.credits())
                .isEqualTo(new Turnover(11, tenTimes.add(BigInteger.valueOf(7)), busy.currency()));
        assertThat(statement.debits()).isEqualTo(new Turnover(10, tenTimes, busy.currency()));
        assertThat(statement.credits().toDecimal()).isEqualTo("99999999999999999.97");
        assertThat(statement.opening()).isEqualTo(eur(0));
        assertThat(statement.closing()).isEqualTo(eur(7));
    }

    /** A copy that knows nothing of it yet stands for one that lags behind. */
    @Test
    void readsFromThePrimaryWhatACopyDoesNotHaveYet() {
        History behind = new History(
                world.database.as(DatabaseRole.API), EmbeddedDatabase.create().as(DatabaseRole.API));
        Instant from = Instant.EPOCH;
        Instant until = passed();

        io.fincore.ledger.Statement statement =
                behind.statement(wallet.id(), from, until).orElseThrow();
        List<Movement> streamed = new ArrayList<>();
        behind.movements(statement, streamed::add);

        assertThat(statement)
                .isEqualTo(history.statement(wallet.id(), from, until).orElseThrow());
        assertThat(streamed).extracting(Movement::transactionId).isEqualTo(transactions);
        assertThat(behind.has(wallet.id(), transactions.get(2))).isTrue();
        assertThat(behind.movements(query(null, null, null, null, null, Map.of(), null, transactions.get(2), 10)))
                .extracting(Movement::transactionId)
                .containsExactly(transactions.get(1), transactions.get(0));
        assertThat(behind.movements(all(10)))
                .as("a first page is as new as the copy")
                .isEmpty();
    }

    /** Question and answer are one connection's, and nobody takes a second one meanwhile. */
    @Test
    void needsOneConnectionAtATime() {
        OneConnection one = new OneConnection(world.database.as(DatabaseRole.API));
        History single = new History(one);

        io.fincore.ledger.Statement statement =
                single.statement(wallet.id(), Instant.EPOCH, passed()).orElseThrow();
        List<Movement> streamed = new ArrayList<>();
        single.movements(statement, streamed::add);

        assertThat(streamed).hasSize(5);
        assertThat(single.movements(query(null, null, null, null, null, Map.of(), null, transactions.get(1), 10)))
                .hasSize(1);
    }

    @Test
    void hasNoStatementOfAPeriodThatIsNotOver() {
        Instant now = Instant.now();

        assertThat(history.statement(wallet.id(), now.minusSeconds(60), now.plusSeconds(60)))
                .isEmpty();
        assertThat(history.statement(IdType.WALLET.next(), now.minusSeconds(60), now.minusSeconds(1)))
                .isEmpty();
        assertThatThrownBy(() -> history.statement(wallet.id(), now, now.minusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JPY", "EUR", "KWD"})
    void remembersBalancesInMinorUnitsOfEveryExponent(String currency) {
        Wallet other = world.wallet(currency);
        Instant before = Instant.now();
        Instant after = world.deposit(other, Money.of(1_250, currency)).bookedAt();

        assertThat(world.wallets
                        .balanceAt(other.id(), before.minusSeconds(1))
                        .orElseThrow()
                        .balance())
                .isEqualTo(Money.of(0, currency));
        assertThat(world.wallets.balanceAt(other.id(), after).orElseThrow().balance())
                .isEqualTo(Money.of(1_250, currency));
    }

    @Test
    void remembersWhatWasHeld() {
        Instant free = now();
        String hold = world.hold(wallet, eur(100));
        Instant held = now();
        world.ledger.releaseHold(new ReleaseHold(world.newKey(), hold));
        Instant freeAgain = now();

        assertThat(List.of(free, held, freeAgain))
                .extracting(at ->
                        world.wallets.balanceAt(wallet.id(), at).orElseThrow().available())
                .containsExactly(eur(725), eur(625), eur(725));
        assertThat(world.wallets.balanceAt(wallet.id(), now().plus(Duration.ofHours(1))))
                .isEmpty();
    }

    /** Else the movement, once committed, would change what was said of an instant after it was booked. */
    @Test
    void waitsForAMovementThatIsNotCommittedYet() throws Exception {
        try (Connection moving = world.database.as(DatabaseRole.API).getConnection();
                Statement statement = moving.createStatement();
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            moving.setAutoCommit(false);
            deposit(statement, 75);
            Instant booked = now();
            CompletableFuture<Money> asked = CompletableFuture.supplyAsync(
                    () -> world.wallets
                            .balanceAt(wallet.id(), booked)
                            .orElseThrow()
                            .balance(),
                    thread);
            awaitWaiting();
            assertThat(asked).isNotDone();

            moving.commit();

            assertThat(asked.join()).isEqualTo(eur(800));
        }
    }

    private void deposit(Statement statement, long amount) throws SQLException {
        statement.execute(WorldOfWallets.depositing(wallet, amount));
    }

    private void awaitWaiting() {
        while (world.superuser
                        .sql("SELECT count(*) FROM pg_locks WHERE NOT granted")
                        .query(Long.class)
                        .single()
                == 0) {
            Thread.onSpinWait();
        }
    }

    private Instant now() {
        return world.superuser
                .sql("SELECT clock_timestamp()")
                .query((row, number) -> Columns.instant(row, "clock_timestamp"))
                .single();
    }

    /** An instant that the book is past; it may be ahead of the clock by a microsecond for each movement. */
    private Instant passed() {
        Instant instant = now().plusMillis(1);
        while (!now().isAfter(instant)) {
            Thread.onSpinWait();
        }
        return instant;
    }

    private static Turnover turnover(long movements, long minorUnits) {
        return new Turnover(movements, BigInteger.valueOf(minorUnits), new Currency("EUR"));
    }

    private List<String> found(MovementQuery query) {
        return history.movements(query).stream().map(Movement::transactionId).toList();
    }

    private MovementQuery all(int limit) {
        return query(null, null, null, null, null, Map.of(), null, null, limit);
    }

    private MovementQuery query(
            @Nullable Instant from,
            @Nullable TransactionKind kind,
            @Nullable Long minAmount,
            @Nullable Long maxAmount,
            @Nullable String counterpart,
            Map<String, String> metadata,
            @Nullable String newerThan,
            @Nullable String olderThan,
            int limit) {
        return new MovementQuery(
                wallet.id(),
                from,
                null,
                kind,
                minAmount,
                maxAmount,
                counterpart,
                metadata,
                newerThan,
                olderThan,
                limit);
    }

    private static Money eur(long minorUnits) {
        return Money.of(minorUnits, "EUR");
    }
}
