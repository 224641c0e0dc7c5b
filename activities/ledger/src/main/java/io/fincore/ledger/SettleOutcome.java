package io.fincore.ledger;

import io.fincore.money.Money;

/** What came of {@link SettleHold}. */
public sealed interface SettleOutcome
        permits SettleOutcome.Settled,
                SettleOutcome.AmountAboveHold,
                HoldUnknown,
                HoldResolved,
                CurrencyMismatch,
                OperationKeyReused {

    record Settled(String transactionId) implements SettleOutcome {}

    /** Refused; the hold stays as it is. */
    record AmountAboveHold(Money held) implements SettleOutcome {}
}
