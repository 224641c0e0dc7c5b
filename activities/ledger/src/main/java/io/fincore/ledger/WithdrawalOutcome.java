package io.fincore.ledger;

import io.fincore.money.Money;
import java.time.Instant;

/** What came of {@link Withdrawal}. */
public sealed interface WithdrawalOutcome
        permits WithdrawalOutcome.Withdrawn,
                InsufficientFunds,
                WalletUnknown,
                WalletNotActive,
                CurrencyMismatch,
                OperationKeyReused {

    record Withdrawn(String transactionId, Money balanceBefore, Money balanceAfter, Instant bookedAt)
            implements WithdrawalOutcome {}
}
