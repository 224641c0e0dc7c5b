package io.fincore.ledger;

import io.fincore.money.Money;

/** What came of {@link SettleHold}. */
public sealed interface SettleOutcome
        permits SettleOutcome.Settled,
                SettleOutcome.AmountAboveHold,
                HoldUnknown,
                HoldResolved,
                HoldExpired,
                CurrencyMismatch,
                OperationKeyReused {

    /** @param held what was still held right after it, also when the answer is repeated; zero if the hold is resolved */
    record Settled(String transactionId, Money held) implements SettleOutcome {}

    /** Refused; the hold stays as it is. */
    record AmountAboveHold(Money held) implements SettleOutcome {}
}
