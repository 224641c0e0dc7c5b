package io.fincore.ledger;

import io.fincore.money.Money;
import java.time.Instant;

/** What came of {@link Deposit}. */
public sealed interface DepositOutcome
        permits DepositOutcome.Deposited,
                DepositOutcome.BalanceTooLarge,
                WalletUnknown,
                WalletNotActive,
                CurrencyMismatch,
                OperationKeyReused {

    record Deposited(String transactionId, Money balanceBefore, Money balanceAfter, Instant bookedAt)
            implements DepositOutcome {}

    /** Refused: the sum would be more than {@link Money#MAX_MINOR_UNITS}. */
    record BalanceTooLarge(Money balance) implements DepositOutcome {}
}
