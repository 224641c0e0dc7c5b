package io.fincore.ledger;

import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.time.Instant;

/** What came of {@link Transfer}; the refusals without a name of their own are of the source. */
public sealed interface TransferOutcome
        permits TransferOutcome.Transferred,
                TransferOutcome.DestinationUnknown,
                TransferOutcome.DestinationNotActive,
                TransferOutcome.DestinationCurrencyMismatch,
                TransferOutcome.DestinationBalanceTooLarge,
                InsufficientFunds,
                WalletUnknown,
                WalletNotActive,
                CurrencyMismatch,
                OperationKeyReused {

    /**
     * @param amount what was moved
     * @param sourceAfter the balance of the source after it
     * @param destinationAfter the balance of the destination after it
     */
    record Transferred(String transactionId, Money amount, Money sourceAfter, Money destinationAfter, Instant bookedAt)
            implements TransferOutcome {

        public Money sourceBefore() {
            return sourceAfter.plus(amount);
        }

        public Money destinationBefore() {
            return destinationAfter.minus(amount);
        }
    }

    record DestinationUnknown() implements TransferOutcome {}

    record DestinationNotActive(WalletStatus status) implements TransferOutcome {}

    record DestinationCurrencyMismatch(Currency walletCurrency) implements TransferOutcome {}

    /** Refused: the sum would be more than {@link Money#MAX_MINOR_UNITS}. */
    record DestinationBalanceTooLarge(Money balance) implements TransferOutcome {}
}
