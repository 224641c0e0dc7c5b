package io.fincore.ledger;

import io.fincore.money.Money;

/**
 * Refused: the wallet has less than the amount. Not remembered: the same command may succeed later.
 *
 * @param available what could be taken now
 */
public record InsufficientFunds(Money available)
        implements HoldOutcome, ReversalOutcome, WithdrawalOutcome, TransferOutcome {}
