package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.ledger.TransferBatch.Mode;
import io.fincore.ledger.TransferBatch.Row;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransferBatchTest {

    private final WorldOfWallets world = new WorldOfWallets();
    private final Wallets wallets = world.wallets;

    @ParameterizedTest
    @EnumSource
    void takesTheRowsInTheirOrder(Mode mode) {
        Wallet first = world.wallet(eur(100));
        Wallet second = world.wallet("EUR");
        Wallet third = world.wallet("EUR");

        // The second has nothing before the first row, and the third nothing before the second.
        List<TransferOutcome> done = done(wallets.transfer(new TransferBatch(
                "key", mode, List.of(row(first, second, 70), row(second, third, 60), row(third, first, 5)))));

        assertThat(done)
                .extracting(outcome -> ((TransferOutcome.Transferred) outcome).sourceAfter())
                .containsExactly(eur(30), eur(10), eur(55));
        assertThat(done)
                .extracting(outcome -> ((TransferOutcome.Transferred) outcome).destinationAfter())
                .containsExactly(eur(70), eur(60), eur(35));
        world.assertWallet(first, eur(35), eur(35));
        world.assertWallet(second, eur(10), eur(10));
        world.assertWallet(third, eur(55), eur(55));
    }

    @Test
    void booksEachRowAsATransactionOfItsOwn() {
        Wallet source = world.wallet(eur(100));
        Wallet destination = world.wallet("EUR");
        List<TransferOutcome> done = done(wallets.transfer(new TransferBatch(
                "key",
                Mode.EACH,
                List.of(
                        new Row(source.id(), destination.id(), eur(1), "one", Map.of("a", "1", "b", "2")),
                        new Row(source.id(), destination.id(), eur(2), null, Map.of()),
                        new Row(source.id(), destination.id(), eur(3), "three", Map.of("c", "3"))))));

        List<Movement> movements = new History(world.database.as(DatabaseRole.API))
                .movements(new MovementQuery(
                        destination.id(), null, null, null, null, null, null, Map.of(), null, null, 10))
                .reversed();
        assertThat(movements).extracting(Movement::reference).containsExactly("one", null, "three");
        assertThat(movements)
                .extracting(Movement::metadata)
                .containsExactly(Map.of("a", "1", "b", "2"), Map.of(), Map.of("c", "3"));
        assertThat(movements).extracting(Movement::balanceAfter).containsExactly(eur(1), eur(3), eur(6));
        assertThat(movements)
                .extracting(Movement::bookedAt)
                .isSorted()
                .doesNotHaveDuplicates()
                .isEqualTo(done.stream()
                        .map(outcome -> ((TransferOutcome.Transferred) outcome).bookedAt())
                        .toList());
    }

    @Test
    void refusesRowsOneByOne() {
        Wallet source = world.wallet(eur(100));
        Wallet destination = world.wallet("EUR");
        Wallet dollars = world.wallet("USD");
        Wallet frozen = world.wallet(eur(5));
        world.setStatus(frozen, WalletStatus.FROZEN);
        String unknown = IdType.WALLET.next();
        world.hold(source, eur(10));
        TransferBatch batch = new TransferBatch(
                "key",
                Mode.EACH,
                List.of(
                        row(source, destination, 60),
                        row(source, destination, 31),
                        row(source, dollars, 1),
                        row(dollars, source, 1),
                        row(source, frozen, 1),
                        row(frozen, source, 1),
                        new Row(unknown, source.id(), eur(1), null, Map.of()),
                        new Row(source.id(), unknown, eur(1), null, Map.of()),
                        row(source, destination, 30)));

        List<TransferOutcome> done = done(wallets.transfer(batch));

        assertThat(done.subList(1, 8))
                .containsExactly(
                        new InsufficientFunds(eur(30)),
                        new TransferOutcome.DestinationCurrencyMismatch(dollars.currency()),
                        new CurrencyMismatch(dollars.currency()),
                        new TransferOutcome.DestinationNotActive(WalletStatus.FROZEN),
                        new WalletNotActive(WalletStatus.FROZEN),
                        new WalletUnknown(),
                        new TransferOutcome.DestinationUnknown());
        assertThat(List.of(done.getFirst(), done.getLast())).hasOnlyElementsOfType(TransferOutcome.Transferred.class);
        assertThat(done(wallets.transfer(batch))).as("again").isEqualTo(done);
        world.assertWallet(source, eur(10), eur(0));
        world.assertWallet(destination, eur(90), eur(90));
    }

    @Test
    void booksNothingOfAnAtomicBatchWithARowThatCannotBe() {
        Wallet source = world.wallet(eur(100));
        Wallet destination = world.wallet("EUR");
        long rows = world.rows();
        List<Row> transfers =
                List.of(row(source, destination, 60), row(source, destination, 50), row(source, destination, 1));

        assertThat(wallets.transfer(new TransferBatch("key", Mode.ATOMIC, transfers)))
                .isEqualTo(new TransferBatchOutcome.Refused(1, new InsufficientFunds(eur(40))));
        assertThat(world.rows()).isEqualTo(rows);

        world.deposit(source, eur(11));
        assertThat(done(wallets.transfer(new TransferBatch("key", Mode.ATOMIC, transfers))))
                .hasSize(3);
        world.assertWallet(source, eur(0), eur(0));
    }

    @Test
    void movesOnceUnderOneKey() {
        Wallet source = world.wallet(eur(1_000));
        Wallet destination = world.wallet("EUR");
        TransferBatch batch = new TransferBatch(
                "key", Mode.ATOMIC, List.of(row(source, destination, 300), row(source, destination, 300)));

        List<TransferBatchOutcome> answers = AtOnce.collect(20, () -> wallets.transfer(batch));

        assertThat(answers).containsOnly(answers.getFirst());
        assertThat(wallets.transfer(new TransferBatch("key", Mode.EACH, batch.rows())))
                .isEqualTo(new OperationKeyReused());
        assertThat(wallets.transfer(new Transfer("key", source.id(), destination.id(), eur(300), null, Map.of())))
                .isEqualTo(new OperationKeyReused());
        world.assertWallet(source, eur(400), eur(400));
    }

    @Test
    void meetsOtherBatchesAndSingleTransfersWithoutADeadlock() {
        world.assertTransfersMeet(
                30,
                transfers -> wallets.transfer(new TransferBatch(
                                world.newKey(),
                                Mode.ATOMIC,
                                transfers.stream()
                                        .map(each -> new Row(
                                                each.source(),
                                                each.destination(),
                                                each.amount(),
                                                each.reference(),
                                                each.metadata()))
                                        .toList()))
                        instanceof TransferBatchOutcome.Done);
    }

    @Test
    void answersForAnInstantWithinABatchAsItWillEver() {
        Wallet source = world.wallet(eur(100));
        Wallet destination = world.wallet("EUR");
        List<TransferOutcome> done = done(wallets.transfer(new TransferBatch(
                "key", Mode.ATOMIC, List.of(row(source, destination, 10), row(source, destination, 20)))));
        Instant between = ((TransferOutcome.Transferred) done.getFirst()).bookedAt();

        assertThat(wallets.balanceAt(destination.id(), between).orElseThrow().balance())
                .isEqualTo(eur(10));
        assertThat(wallets.balanceAt(source.id(), between).orElseThrow().balance())
                .isEqualTo(eur(90));
    }

    @Test
    void hasNoRowsTooFewOrTooMany() {
        Wallet source = world.wallet("EUR");
        Wallet destination = world.wallet("EUR");
        assertThatThrownBy(() -> new TransferBatch("key", Mode.EACH, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TransferBatch(
                        "key",
                        Mode.EACH,
                        Collections.nCopies(TransferBatch.MOST_ROWS + 1, row(source, destination, 1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> row(source, source, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<TransferOutcome> done(TransferBatchOutcome outcome) {
        assertThat(outcome).isInstanceOf(TransferBatchOutcome.Done.class);
        return ((TransferBatchOutcome.Done) outcome).rows();
    }

    private static Row row(Wallet source, Wallet destination, long cents) {
        return new Row(source.id(), destination.id(), eur(cents), null, Map.of());
    }

    private static Money eur(long cents) {
        return Money.of(cents, "EUR");
    }
}
