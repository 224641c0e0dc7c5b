package io.fincore.ledger;

import io.fincore.money.Money;

/** What came of {@link Reverse}. */
public sealed interface ReversalOutcome
        permits ReversalOutcome.Reversed,
                ReversalOutcome.AmountAboveRemainder,
                ReversalOutcome.TransactionUnknown,
                ReversalOutcome.NotReversible,
                InsufficientFunds,
                CurrencyMismatch,
                OperationKeyReused {

    /** @param transactionId of the reversal */
    record Reversed(String transactionId) implements ReversalOutcome {}

    /** Refused: together with earlier reversals it would be more than the original. */
    record AmountAboveRemainder(Money remainder) implements ReversalOutcome {}

    record TransactionUnknown() implements ReversalOutcome {}

    /** Refused: the original is itself a reversal. */
    record NotReversible() implements ReversalOutcome {}
}
