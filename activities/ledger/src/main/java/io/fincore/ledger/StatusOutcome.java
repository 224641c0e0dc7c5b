package io.fincore.ledger;

import io.fincore.money.Money;

/** What came of {@link ChangeStatus}. */
public sealed interface StatusOutcome
        permits StatusOutcome.Changed, StatusOutcome.Refused, StatusOutcome.NotEmpty, WalletUnknown {

    /** The wallet has the status, be it by this call or an earlier one. */
    record Changed(WalletStatus before) implements StatusOutcome {}

    /** The way does not lead from the status that it has. */
    record Refused(WalletStatus status) implements StatusOutcome {}

    /** Refused to close: there is money in it, or a hold is open. */
    record NotEmpty(Money balance) implements StatusOutcome {}
}
