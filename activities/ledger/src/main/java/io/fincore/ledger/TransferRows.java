package io.fincore.ledger;

import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads what a transfer came to, alone or in a batch. */
final class TransferRows {

    private TransferRows() {}

    /** @param amount what was asked for */
    static TransferOutcome read(ResultSet row, Money amount) throws SQLException {
        Answer answer = Answer.read(row, "source_after");
        Currency currency = amount.currency();
        return switch (answer.outcome()) {
            case "transferred" ->
                new TransferOutcome.Transferred(
                        answer.requiredId(),
                        amount,
                        new Money(answer.amount(), currency),
                        new Money(row.getLong("destination_after"), currency),
                        answer.requiredBookedAt());
            case "insufficient_funds" -> new InsufficientFunds(new Money(answer.amount(), currency));
            case "destination_balance_too_large" ->
                new TransferOutcome.DestinationBalanceTooLarge(new Money(answer.amount(), currency));
            case "wallet_unknown" -> new WalletUnknown();
            case "destination_unknown" -> new TransferOutcome.DestinationUnknown();
            case "wallet_not_active" -> answer.walletNotActive();
            case "destination_not_active" -> new TransferOutcome.DestinationNotActive(answer.walletStatus());
            case "currency_mismatch" -> answer.currencyMismatch();
            case "destination_currency_mismatch" ->
                new TransferOutcome.DestinationCurrencyMismatch(
                        answer.currencyMismatch().walletCurrency());
            case "operation_key_reused" -> new OperationKeyReused();
            default -> throw answer.unexpected();
        };
    }
}
