package io.fincore.ledger;

import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import javax.sql.DataSource;

/**
 * Moves the money of sagas: holds, their settlement or release, and reversals. Needs the role of the worker.
 *
 * <p>Every command carries an operation key. What was done under a key is remembered with its answer: the same content
 * again, also at the same time from elsewhere, gets the first answer and moves nothing; other content is refused as
 * {@link OperationKeyReused}. Refusals move nothing and are not remembered: the same command is judged anew.
 *
 * <p>Settlement, release and reversal are booked whatever the status of the wallet.
 */
public final class Ledger {

    private final Movements movements;

    /** @param dataSource the process's one write data source, so that callers' transactions are joined */
    public Ledger(DataSource dataSource) {
        movements = new Movements(dataSource);
    }

    /** Reserves an amount of a wallet. */
    public HoldOutcome placeHold(PlaceHold command) {
        Currency currency = command.amount().currency();
        Answer answer = movements.call(
                "SELECT * FROM ledger.place_hold(?, ?, ?, ?, ?, ?)",
                command.operationKey(),
                command.holdId(),
                command.walletId(),
                command.amount().minorUnits(),
                currency.code(),
                Columns.utc(command.expiresAt()));
        return switch (answer.outcome()) {
            case "held" -> new HoldOutcome.Held(answer.requiredId(), new Money(answer.amount(), currency));
            case "insufficient_funds" -> new InsufficientFunds(new Money(answer.amount(), currency));
            case "wallet_unknown" -> new WalletUnknown();
            case "wallet_not_active" -> answer.walletNotActive();
            case "currency_mismatch" -> answer.currencyMismatch();
            case "hold_expired" -> new HoldExpired();
            case "operation_key_reused" -> new OperationKeyReused();
            default -> throw answer.unexpected();
        };
    }

    /** Books a held amount from the wallet to the nostro account, the bank having paid it. */
    public SettleOutcome settleHold(SettleHold command) {
        Currency currency = command.amount().currency();
        Answer answer = movements.call(
                "SELECT * FROM ledger.settle_hold(?, ?, ?, ?, ?, ?, ?)",
                command.operationKey(),
                IdType.TRANSACTION.next(),
                command.holdId(),
                command.amount().minorUnits(),
                currency.code(),
                command.reference(),
                command.rest() == SettleHold.Rest.GIVEN_BACK);
        return switch (answer.outcome()) {
            case "settled" -> new SettleOutcome.Settled(answer.requiredId(), new Money(answer.amount(), currency));
            case "amount_above_hold" -> new SettleOutcome.AmountAboveHold(new Money(answer.amount(), currency));
            case "hold_unknown" -> new HoldUnknown();
            case "hold_resolved" -> answer.holdResolved();
            case "hold_expired" -> new HoldExpired();
            case "currency_mismatch" -> answer.currencyMismatch();
            case "operation_key_reused" -> new OperationKeyReused();
            default -> throw answer.unexpected();
        };
    }

    /**
     * Takes a hold's deadline away while it has not passed; again, or for a hold without one, it changes nothing. Before a saga asks the
     * bank to pay what a client's authorisation holds: once asked, it may be late, but must not have expired.
     */
    public KeepOutcome keepHold(String holdId) {
        Answer answer = movements.call("SELECT * FROM ledger.keep_hold(?)", holdId);
        return switch (answer.outcome()) {
            case "kept" -> new KeepOutcome.Kept();
            case "hold_unknown" -> new HoldUnknown();
            case "hold_resolved" -> answer.holdResolved();
            case "hold_expired" -> new HoldExpired();
            default -> throw answer.unexpected();
        };
    }

    /** Makes what is left of a hold available again. */
    public ReleaseOutcome releaseHold(ReleaseHold command) {
        Answer answer =
                movements.call("SELECT * FROM ledger.release_hold(?, ?)", command.operationKey(), command.holdId());
        return switch (answer.outcome()) {
            case "released" -> new ReleaseOutcome.Released();
            case "hold_unknown" -> new HoldUnknown();
            case "hold_resolved" -> answer.holdResolved();
            case "operation_key_reused" -> new OperationKeyReused();
            default -> throw answer.unexpected();
        };
    }

    /**
     * Books a transaction back by a new one that names it. What would go to a closed wallet goes to the suspense
     * account; taking a deposit back needs the money to be there.
     */
    public ReversalOutcome reverse(Reverse command) {
        Currency currency = command.amount().currency();
        Answer answer = movements.call(
                "SELECT * FROM ledger.reverse_transaction(?, ?, ?, ?, ?, ?)",
                command.operationKey(),
                IdType.TRANSACTION.next(),
                command.originalTransactionId(),
                command.amount().minorUnits(),
                currency.code(),
                command.reference());
        return switch (answer.outcome()) {
            case "reversed" -> new ReversalOutcome.Reversed(answer.requiredId());
            case "amount_above_remainder" ->
                new ReversalOutcome.AmountAboveRemainder(new Money(answer.amount(), currency));
            case "transaction_unknown" -> new ReversalOutcome.TransactionUnknown();
            case "not_reversible" -> new ReversalOutcome.NotReversible();
            case "insufficient_funds" -> new InsufficientFunds(new Money(answer.amount(), currency));
            case "currency_mismatch" -> answer.currencyMismatch();
            case "operation_key_reused" -> new OperationKeyReused();
            default -> throw answer.unexpected();
        };
    }

    /** Sets a wallet going that waits for its activation; one that is active already stays so. */
    public ActivationOutcome activate(String walletId) {
        Answer answer = movements.call("SELECT * FROM ledger.activate_wallet(?)", walletId);
        return switch (answer.outcome()) {
            case "activated" -> new ActivationOutcome.Activated();
            case "wallet_unknown" -> new WalletUnknown();
            case "wallet_not_pending" -> answer.walletNotActive();
            default -> throw answer.unexpected();
        };
    }
}
