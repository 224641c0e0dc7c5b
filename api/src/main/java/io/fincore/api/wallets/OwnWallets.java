package io.fincore.api.wallets;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.ledger.Wallet;
import io.fincore.ledger.WalletStatus;
import io.fincore.ledger.Wallets;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The wallets of a caller; those of others do not exist for them. */
@Component
public class OwnWallets {

    private final Wallets wallets;

    OwnWallets(Wallets wallets) {
        this.wallets = wallets;
    }

    /** @throws ProblemException 404 */
    Wallet require(Caller caller, String walletId) {
        return Optional.of(walletId)
                .filter(IdType.WALLET::matches)
                .flatMap(wallets::find)
                .filter(wallet -> isOwn(caller, wallet))
                .orElseThrow(WalletProblems::notFound);
    }

    /**
     * The wallet, if it can take part in a movement of this amount.
     *
     * @throws ProblemException 404 unknown or foreign, 409 not active, 422 another currency
     */
    public Wallet requirePayable(Caller caller, String walletId, Money amount) {
        Wallet wallet = require(caller, walletId);
        if (wallet.status() != WalletStatus.ACTIVE) {
            throw WalletProblems.notActive(wallet.status());
        }
        if (!wallet.currency().equals(amount.currency())) {
            throw WalletProblems.currencyMismatch(wallet.currency());
        }
        return wallet;
    }

    /**
     * The customer's wallet, if it waits for its activation.
     *
     * @throws ProblemException 404 unknown, foreign or another customer's, 409 activated before
     */
    public void requirePending(Caller caller, String walletId, String customerId) {
        Wallet wallet = require(caller, walletId);
        if (!wallet.customerId().equals(customerId)) {
            throw WalletProblems.notFound();
        }
        switch (wallet.status()) {
            case PENDING_ACTIVATION -> {}
            case ACTIVE -> throw new ProblemException(ProblemType.WALLET_ACTIVE, "The wallet is active already.");
            case FROZEN, CLOSED -> throw WalletProblems.notActive(wallet.status());
        }
    }

    static boolean isOwn(Caller caller, Wallet wallet) {
        return wallet.tenant().equals(caller.tenant()) && wallet.principal().equals(caller.principal());
    }
}
