package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

/** The transfers of many requests by one call: for each of them it is as if it came alone. */
class TransferEachTest {

    private final WorldOfWallets world = new WorldOfWallets();
    private final Wallets wallets = world.wallets;

    @Test
    void makesEachTransferAsIfItCameAlone() {
        Wallet source = world.wallet(eur(100));
        Wallet destination = world.wallet("EUR");
        Wallet dollars = world.wallet("USD");
        Wallet frozen = world.wallet(eur(5));
        world.setStatus(frozen, WalletStatus.FROZEN);
        world.hold(source, eur(10));
        List<Transfer> transfers = List.of(
                transfer("1", source.id(), destination.id(), 60, "rent", Map.of("flat", "3", "month", "May")),
                transfer("2", source.id(), destination.id(), 36, null, Map.of()),
                transfer("3", destination.id(), source.id(), 5, null, Map.of()),
                transfer("4", source.id(), dollars.id(), 1, null, Map.of()),
                transfer("5", dollars.id(), source.id(), 1, null, Map.of()),
                transfer("6", source.id(), frozen.id(), 1, null, Map.of()),
                transfer("7", frozen.id(), source.id(), 1, null, Map.of()),
                transfer("8", IdType.WALLET.next(), source.id(), 1, null, Map.of()),
                transfer("9", source.id(), "nobody", 1, null, Map.of()));

        List<TransferOutcome> answers = each(transfers);

        assertThat(List.of(answers.getFirst(), answers.get(2)))
                .extracting(answer -> ((TransferOutcome.Transferred) answer).sourceAfter())
                .containsExactly(eur(40), eur(55));
        // What was done is told again, and what was refused is refused for the same reason: 36 is still too much.
        assertThat(transfers).map(wallets::transfer).isEqualTo(withAvailable(answers, 1, eur(35)));
        assertThat(world.superuser
                        .sql("SELECT reference || metadata FROM ledger.transaction WHERE reference = 'rent'")
                        .query(String.class)
                        .list())
                .containsExactly("rent{\"flat\": \"3\", \"month\": \"May\"}");
        world.assertWallet(source, eur(45), eur(35));
        world.assertWallet(destination, eur(55), eur(55));
        world.assertSound();
    }

    /** What is available has changed since it was told. */
    private static List<TransferOutcome> withAvailable(List<TransferOutcome> answers, int refused, Money available) {
        return IntStream.range(0, answers.size())
                .mapToObj(i -> i == refused ? new InsufficientFunds(available) : answers.get(i))
                .toList();
    }

    @Test
    void findsNoWalletThatIsNotItsOwnersAndRecordsWhoAskedForEach() {
        Wallet source = world.wallet(eur(100));
        Wallet destination = world.wallet("EUR");
        Transfer first = transfer("1", source.id(), destination.id(), 1, null, Map.of());
        Transfer second = transfer("2", source.id(), destination.id(), 2, null, Map.of());

        List<Optional<TransferOutcome>> answers = wallets.transferEach(List.of(
                owned("acme", "treasury", "ada", first),
                owned("acme", "somebody else", "eve", transfer("3", source.id(), destination.id(), 4, null, Map.of())),
                owned("another", "treasury", "eve", transfer("4", source.id(), destination.id(), 8, null, Map.of())),
                owned("acme", "treasury", "bob", second)));

        assertThat(answers.subList(1, 3)).containsOnly(Optional.of(new WalletUnknown()));
        assertThat(world.superuser.sql("""
                        SELECT u.origin ->> 'actor' || ' ' || (u.after = ledger.transaction_record(t.id)) || ' ' || v.principal || ' '
                                   || (v.payload ->> 'amount')
                          FROM ledger.transaction t JOIN audit.unsealed u ON u.object_id = t.id JOIN outbox.event v ON v.subject_id = t.id
                         WHERE t.kind = 'transfer' ORDER BY t.booked_at""").query(String.class).list())
                .containsExactly("ada true treasury 1", "bob true treasury 2");
        world.assertWallet(source, eur(97), eur(97));
    }

    @Test
    void leavesAloneWhatWasDoneUnderItsKey() {
        Wallet source = world.wallet(eur(100));
        Wallet destination = world.wallet("EUR");
        Transfer done = transfer("1", source.id(), destination.id(), 1, null, Map.of());
        TransferOutcome first = wallets.transfer(done);
        Transfer other = transfer("1", source.id(), destination.id(), 50, null, Map.of());
        Transfer next = transfer("2", source.id(), destination.id(), 2, null, Map.of());

        assertThat(wallets.transferEach(List.of(owned(done), owned(next))))
                .satisfiesExactly(
                        answer -> assertThat(answer).isEmpty(),
                        answer -> assertThat(answer).containsInstanceOf(TransferOutcome.Transferred.class));
        assertThat(wallets.transferEach(List.of(owned(other), owned(next)))).containsOnly(Optional.empty());

        assertThat(wallets.transfer(done)).isEqualTo(first);
        assertThat(wallets.transfer(other)).isEqualTo(new OperationKeyReused());
        world.assertWallet(source, eur(97), eur(97));
    }

    @Test
    void doesNothingForAKeyThatComesTwice() {
        Wallet source = world.wallet(eur(100));
        Wallet destination = world.wallet("EUR");
        Transfer twice = transfer("1", source.id(), destination.id(), 1, null, Map.of());
        long rows = world.rows();

        assertThatThrownBy(() -> wallets.transferEach(List.of(owned(twice), owned(twice))))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(world.rows()).isEqualTo(rows);
        world.assertWallet(source, eur(100), eur(100));
    }

    @Test
    void meetsItsLikeAndSingleTransfersWithoutADeadlock() {
        world.assertTransfersMeet(
                12, transfers -> each(transfers).stream().allMatch(TransferOutcome.Transferred.class::isInstance));
    }

    private List<TransferOutcome> each(List<Transfer> transfers) {
        return wallets
                .transferEach(transfers.stream().map(TransferEachTest::owned).toList())
                .stream()
                .map(Optional::orElseThrow)
                .toList();
    }

    private static OwnedTransfer owned(Transfer transfer) {
        return new OwnedTransfer("acme", "treasury", null, transfer);
    }

    private static OwnedTransfer owned(String tenant, String principal, String actor, Transfer transfer) {
        return new OwnedTransfer(tenant, principal, "{\"actor\":\"" + actor + "\"}", transfer);
    }

    private static Transfer transfer(
            String key,
            String source,
            String destination,
            long cents,
            @Nullable String reference,
            Map<String, String> metadata) {
        return new Transfer(key, source, destination, eur(cents), reference, metadata);
    }

    private static Money eur(long cents) {
        return Money.of(cents, "EUR");
    }
}
