package io.fincore.api.wallets;

import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.ledger.WalletStatus;
import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.util.List;

/** Why nothing is done with a wallet, in words. */
final class WalletProblems {

    private WalletProblems() {}

    static ProblemException notFound() {
        return new ProblemException(ProblemType.WALLET_NOT_FOUND, "There is no such wallet of yours.");
    }

    static ProblemException notActive(WalletStatus status) {
        return switch (status) {
            case PENDING_ACTIVATION ->
                new ProblemException(ProblemType.WALLET_PENDING_ACTIVATION, "The wallet is not active yet.");
            case FROZEN -> new ProblemException(ProblemType.WALLET_FROZEN, "The wallet is frozen.");
            case CLOSED -> new ProblemException(ProblemType.WALLET_CLOSED, "The wallet is closed.");
            case ACTIVE -> throw new IllegalArgumentException("the wallet is active");
        };
    }

    static ProblemException currencyMismatch(Currency currency) {
        return new ProblemException(
                ProblemType.CURRENCY_MISMATCH,
                "The wallet is in " + currency + ".",
                List.of(new FieldError("/currency", "must be '" + currency + "', the currency of the wallet")));
    }

    /** @param amount pointer to it in the request */
    static ProblemException insufficientFunds(String amount, Money available) {
        return new ProblemException(
                ProblemType.INSUFFICIENT_FUNDS,
                "The wallet has " + available + " available.",
                List.of(new FieldError(amount, "is more than is available")));
    }

    static ProblemException balanceTooLarge(Money balance) {
        return new ProblemException(ProblemType.BALANCE_TOO_LARGE, "The wallet holds " + balance + ".");
    }

    static ProblemException notEmpty(Money balance) {
        return new ProblemException(ProblemType.WALLET_NOT_EMPTY, "The wallet holds " + balance + ".");
    }

    /** The same of one wallet among several: which one is told by the pointer to it in the request. */
    static ProblemException at(String pointer, ProblemException problem) {
        return new ProblemException(
                problem.type(), problem.detail(), List.of(new FieldError(pointer, problem.detail())));
    }

    /** A fault: every claim has an operation key of its own. */
    static IllegalStateException keyReused() {
        return new IllegalStateException("an operation key was made for one claim alone, and is taken");
    }
}
