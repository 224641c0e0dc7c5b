package io.fincore.ledger;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One thread's movements, drawn from a seed: what is accepted is told to the model, what looks wrong to the violations. */
final class RandomMovements {

    private static final int MOST = 60;
    private static final int LONGEST_LIFE_MILLIS = 40;

    private final WorldOfWallets world;
    private final BookModel model;
    private final List<Wallet> wallets;
    private final Queue<String> violations;
    private final Random random;
    private final Wallets clients;
    private final Ledger sagas;
    private final ExpiredHolds expiredHolds;
    private final TransactionTemplate clientsTransaction;
    private final List<PlaceHold> open = new ArrayList<>();
    private final List<String> resolved = new ArrayList<>();
    private final List<Reversible> reversible = new ArrayList<>();
    private Supplier<Object> last = () -> "nothing";
    private Object lastAnswer = "nothing";

    /**
     * @param payer the wallet that would pay a reversal, empty for the house
     * @param payee who would get it
     */
    private record Reversible(String transactionId, String payer, String payee) {}

    RandomMovements(
            WorldOfWallets world,
            BookModel model,
            List<Wallet> wallets,
            Queue<String> violations,
            long seed,
            DataSource api,
            DataSource worker) {
        this.world = world;
        this.model = model;
        this.wallets = wallets;
        this.violations = violations;
        this.random = new Random(seed);
        this.clients = new Wallets(api);
        this.sagas = new Ledger(worker);
        this.expiredHolds = new ExpiredHolds(worker);
        this.clientsTransaction = new TransactionTemplate(new DataSourceTransactionManager(api));
    }

    void make(int count) {
        for (int i = 0; i < count; i++) {
            try {
                switch (random.nextInt(15)) {
                    case 0 -> deposit();
                    case 1 -> withdraw();
                    case 2, 3, 4 -> transfer();
                    case 5, 6 -> hold();
                    case 7, 8 -> resolve();
                    case 9 -> reverse();
                    case 10 -> repeat();
                    case 11 -> batch();
                    case 12 -> releaseExpired();
                    case 13 -> moment();
                    default -> fail();
                }
            } catch (PessimisticLockingFailureException deadlock) {
                violations.add("deadlock: " + deadlock.getMostSpecificCause().getMessage());
            } catch (RuntimeException fault) {
                violations.add("fault: " + fault);
            }
        }
    }

    private void deposit() {
        Deposit command = new Deposit(world.newKey(), wallet(), amount(), "in", Map.of("n", "" + random.nextInt()));
        if (answered(() -> clients.deposit(command)) instanceof DepositOutcome.Deposited done) {
            model.post(
                    command.walletId(), done.transactionId(), command.amount().minorUnits());
            reversible.add(new Reversible(done.transactionId(), command.walletId(), ""));
        }
    }

    private void withdraw() {
        Withdrawal command = new Withdrawal(world.newKey(), wallet(), amount(), null, Map.of());
        if (answered(() -> clients.withdraw(command)) instanceof WithdrawalOutcome.Withdrawn done) {
            model.post(
                    command.walletId(), done.transactionId(), -command.amount().minorUnits());
            reversible.add(new Reversible(done.transactionId(), "", command.walletId()));
        }
    }

    private void transfer() {
        String source = wallet();
        String destination = wallet();
        if (source.equals(destination)) {
            return;
        }
        Transfer command = new Transfer(world.newKey(), source, destination, amount(), null, Map.of());
        if (answered(() -> clients.transfer(command)) instanceof TransferOutcome.Transferred done) {
            transferred(source, destination, command.amount(), done.transactionId());
        }
    }

    private void transferred(String source, String destination, Money amount, String transactionId) {
        model.post(source, transactionId, -amount.minorUnits());
        model.post(destination, transactionId, amount.minorUnits());
        reversible.add(new Reversible(transactionId, destination, source));
    }

    /** Mostly of one hot wallet; now and then a row is refused, and with it the batch if it is an atomic one. */
    private void batch() {
        List<TransferBatch.Row> rows = new ArrayList<>();
        for (int left = 1 + random.nextInt(12); left > 0; left--) {
            String source = wallet();
            String destination = wallet();
            if (!source.equals(destination)) {
                rows.add(new TransferBatch.Row(source, destination, amount(), null, Map.of()));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        TransferBatch.Mode mode = random.nextBoolean() ? TransferBatch.Mode.ATOMIC : TransferBatch.Mode.EACH;
        TransferBatch command = new TransferBatch(world.newKey(), mode, rows);
        if (answered(() -> clients.transfer(command)) instanceof TransferBatchOutcome.Done done) {
            for (int i = 0; i < rows.size(); i++) {
                if (done.rows().get(i) instanceof TransferOutcome.Transferred transferred) {
                    TransferBatch.Row row = rows.get(i);
                    transferred(row.source(), row.destination(), row.amount(), transferred.transactionId());
                }
            }
        }
    }

    /** Transfers of many requests at once; one of them is asked for again, alone. */
    private void moment() {
        List<OwnedTransfer> transfers = new ArrayList<>();
        for (int left = 1 + random.nextInt(12); left > 0; left--) {
            String source = wallet();
            String destination = wallet();
            if (!source.equals(destination)) {
                Transfer command = new Transfer(world.newKey(), source, destination, amount(), null, Map.of());
                transfers.add(new OwnedTransfer("acme", "treasury", null, command));
            }
        }
        if (transfers.isEmpty()) {
            return;
        }
        List<Optional<TransferOutcome>> answers = clients.transferEach(transfers);
        for (int i = 0; i < transfers.size(); i++) {
            Transfer command = transfers.get(i).transfer();
            if (answers.get(i).orElseThrow() instanceof TransferOutcome.Transferred done) {
                transferred(command.source(), command.destination(), command.amount(), done.transactionId());
                if (i == 0 && !clients.transfer(command).equals(done)) {
                    violations.add(command + " was answered " + done + " at first, and otherwise later");
                }
            }
        }
    }

    /** Some have a deadline that comes soon. */
    private void hold() {
        Instant expiresAt =
                random.nextInt(3) == 0 ? now().plus(1 + random.nextInt(LONGEST_LIFE_MILLIS), ChronoUnit.MILLIS) : null;
        PlaceHold command = new PlaceHold(world.newKey(), IdType.HOLD.next(), wallet(), amount(), expiresAt);
        if (answered(() -> sagas.placeHold(command)) instanceof HoldOutcome.Held) {
            model.hold(command.holdId(), command.walletId(), command.amount().minorUnits());
            open.add(command);
        }
    }

    /** Settles the whole, a part or the last part, keeps or releases; now and then what is resolved already, which must be refused. */
    private void resolve() {
        if (!resolved.isEmpty() && random.nextInt(8) == 0) {
            String again = resolved.get(random.nextInt(resolved.size()));
            Object answer = sagas.settleHold(new SettleHold(world.newKey(), again, Money.of(1, "EUR"), null));
            if (!(answer instanceof HoldResolved || answer instanceof HoldExpired)) {
                violations.add(again + " was resolved twice: " + answer);
            }
        } else if (!open.isEmpty()) {
            PlaceHold hold = open.get(random.nextInt(open.size()));
            switch (random.nextInt(6)) {
                case 0, 1 -> release(hold);
                case 2 -> keep(hold);
                case 3 -> settle(hold, SettleHold.Rest.GIVEN_BACK);
                default -> settle(hold, SettleHold.Rest.STAYS_HELD);
            }
        }
    }

    private void release(PlaceHold hold) {
        ReleaseHold command = new ReleaseHold(world.newKey(), hold.holdId());
        Object answer = answered(() -> sagas.releaseHold(command));
        if (answer instanceof ReleaseOutcome.Released) {
            resolved(hold.holdId());
        } else if (hold.expiresAt() == null || !(answer instanceof HoldResolved)) {
            violations.add(hold + " cannot be released: " + answer);
        }
        forget(hold);
    }

    private void keep(PlaceHold hold) {
        Instant before = now();
        Object answer = sagas.keepHold(hold.holdId());
        check(hold, before, answer);
        if (answer instanceof KeepOutcome.Kept) {
            open.remove(hold);
            open.add(new PlaceHold(hold.operationKey(), hold.holdId(), hold.walletId(), hold.amount()));
        }
    }

    /** Of all that was held at first: now and then more than is left. Who placed a hold settles it alone, so what is left is known. */
    private void settle(PlaceHold hold, SettleHold.Rest rest) {
        long amount = 1L + random.nextInt((int) hold.amount().minorUnits());
        long left = hold.amount().minorUnits() - model.settled(hold.holdId());
        SettleHold command = new SettleHold(world.newKey(), hold.holdId(), Money.of(amount, "EUR"), null, rest);
        Instant before = now();
        Object answer = answered(() -> sagas.settleHold(command));
        check(hold, before, answer);
        if (answer instanceof SettleOutcome.Settled done) {
            model.post(hold.walletId(), done.transactionId(), -amount);
            reversible.add(new Reversible(done.transactionId(), "", hold.walletId()));
            long stays = rest == SettleHold.Rest.STAYS_HELD ? left - amount : 0;
            if (model.settle(hold.holdId(), amount) > hold.amount().minorUnits()
                    || done.held().minorUnits() != stays) {
                violations.add(hold + ", of which " + left + " was left, is settled by " + amount + ": " + done);
            }
            if (done.held().isZero()) {
                resolved(hold.holdId());
                forget(hold);
            }
        } else if (!(answer instanceof HoldExpired)
                && (amount <= left || !answer.equals(new SettleOutcome.AmountAboveHold(Money.of(left, "EUR"))))) {
            violations.add(amount + " of " + hold + ", of which " + left + " was left, is refused: " + answer);
        }
    }

    /** The clock of this machine is the database's: what was late before the question, or in time after it, must be answered so. */
    private void check(PlaceHold hold, Instant before, Object answer) {
        if (answer instanceof HoldExpired) {
            if (hold.expiresAt() == null || now().isBefore(hold.expiresAt())) {
                violations.add(hold + " has expired too early");
            }
            // What is left of it is the job's.
            forget(hold);
        } else if (hold.expiresAt() != null && !before.isBefore(hold.expiresAt())) {
            violations.add(hold + " had expired at " + before + ", and is answered " + answer);
        }
    }

    private void releaseExpired() {
        expiredHolds.release(1 + random.nextInt(5)).forEach(this::resolved);
    }

    private void resolved(String holdId) {
        if (!model.resolve(holdId)) {
            violations.add(holdId + " was resolved twice");
        }
    }

    private void forget(PlaceHold hold) {
        open.remove(hold);
        resolved.add(hold.holdId());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private void reverse() {
        if (reversible.isEmpty()) {
            return;
        }
        Reversible original = reversible.get(random.nextInt(reversible.size()));
        Reverse command = new Reverse(world.newKey(), original.transactionId(), amount(), null);
        if (answered(() -> sagas.reverse(command)) instanceof ReversalOutcome.Reversed done) {
            if (!original.payer().isEmpty()) {
                model.post(
                        original.payer(),
                        done.transactionId(),
                        -command.amount().minorUnits());
            }
            if (!original.payee().isEmpty()) {
                model.post(
                        original.payee(), done.transactionId(), command.amount().minorUnits());
            }
        }
    }

    /** The same command again: the same answer, and nothing moves. */
    private void repeat() {
        boolean refused = lastAnswer instanceof InsufficientFunds
                || lastAnswer instanceof HoldExpired
                || lastAnswer instanceof SettleOutcome.AmountAboveHold
                || lastAnswer instanceof ReversalOutcome.AmountAboveRemainder
                || lastAnswer instanceof TransferBatchOutcome.Refused;
        if (!refused && !last.get().equals(lastAnswer)) {
            violations.add("answered " + lastAnswer + " at first, and otherwise later");
        }
    }

    /** A movement in a transaction that is given up. */
    private void fail() {
        Deposit command = new Deposit(world.newKey(), wallet(), amount(), "given up");
        clientsTransaction.executeWithoutResult(status -> {
            clients.deposit(command);
            status.setRollbackOnly();
        });
    }

    private Object answered(Supplier<Object> command) {
        last = command;
        lastAnswer = command.get();
        return lastAnswer;
    }

    private String wallet() {
        // One of them is hot.
        return wallets.get(random.nextInt(3) == 0 ? 0 : random.nextInt(wallets.size()))
                .id();
    }

    private Money amount() {
        return Money.of(1 + random.nextInt(MOST), "EUR");
    }
}
