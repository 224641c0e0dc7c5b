package io.fincore.ledger;

import io.fincore.money.Money;

/** What came of {@link PlaceHold}. */
public sealed interface HoldOutcome
        permits HoldOutcome.Held,
                InsufficientFunds,
                WalletUnknown,
                WalletNotActive,
                CurrencyMismatch,
                HoldExpired,
                OperationKeyReused {

    /** @param available what the wallet could still spend right after the hold, also when the answer is repeated */
    record Held(String holdId, Money available) implements HoldOutcome {}
}
