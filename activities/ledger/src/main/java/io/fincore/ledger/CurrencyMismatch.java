package io.fincore.ledger;

import io.fincore.money.Currency;

/** Refused: the amount is in another currency than the wallet. */
public record CurrencyMismatch(Currency walletCurrency)
        implements HoldOutcome, SettleOutcome, ReversalOutcome, DepositOutcome, WithdrawalOutcome, TransferOutcome {}
