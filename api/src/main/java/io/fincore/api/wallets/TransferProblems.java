package io.fincore.api.wallets;

import io.fincore.api.problem.ProblemException;
import io.fincore.ledger.CurrencyMismatch;
import io.fincore.ledger.InsufficientFunds;
import io.fincore.ledger.OperationKeyReused;
import io.fincore.ledger.TransferOutcome;
import io.fincore.ledger.WalletNotActive;
import io.fincore.ledger.WalletUnknown;

/** Why money does not go from one wallet to another, in words; which of the two bars the way is told by a pointer. */
final class TransferProblems {

    private TransferProblems() {}

    /**
     * @param transfer pointer to the transfer in the request's body, empty if it is the body
     * @param outcome a refusal
     */
    static ProblemException of(String transfer, TransferOutcome outcome) {
        return switch (outcome) {
            case InsufficientFunds poor -> WalletProblems.insufficientFunds(transfer + "/amount", poor.available());
            case TransferOutcome.DestinationBalanceTooLarge full ->
                WalletProblems.at(destination(transfer), WalletProblems.balanceTooLarge(full.balance()));
            case WalletUnknown unknown -> WalletProblems.at(source(transfer), WalletProblems.notFound());
            case TransferOutcome.DestinationUnknown unknown ->
                WalletProblems.at(destination(transfer), WalletProblems.notFound());
            case WalletNotActive inactive ->
                WalletProblems.at(source(transfer), WalletProblems.notActive(inactive.status()));
            case TransferOutcome.DestinationNotActive inactive ->
                WalletProblems.at(destination(transfer), WalletProblems.notActive(inactive.status()));
            case CurrencyMismatch other ->
                WalletProblems.at(source(transfer), WalletProblems.currencyMismatch(other.walletCurrency()));
            case TransferOutcome.DestinationCurrencyMismatch other ->
                WalletProblems.at(destination(transfer), WalletProblems.currencyMismatch(other.walletCurrency()));
            case TransferOutcome.Transferred transferred -> throw new IllegalArgumentException("that is no refusal");
            case OperationKeyReused reused -> throw WalletProblems.keyReused();
        };
    }

    static String source(String transfer) {
        return transfer + "/source";
    }

    static String destination(String transfer) {
        return transfer + "/destination";
    }
}
