package io.fincore.steps;

import io.fincore.ledger.CurrencyMismatch;
import io.fincore.ledger.HoldExpired;
import io.fincore.ledger.HoldOutcome;
import io.fincore.ledger.HoldResolved;
import io.fincore.ledger.HoldStatus;
import io.fincore.ledger.HoldUnknown;
import io.fincore.ledger.InsufficientFunds;
import io.fincore.ledger.Ledger;
import io.fincore.ledger.OperationKeyReused;
import io.fincore.ledger.PlaceHold;
import io.fincore.ledger.ReleaseHold;
import io.fincore.ledger.ReleaseOutcome;
import io.fincore.ledger.SettleHold;
import io.fincore.ledger.SettleOutcome;
import io.fincore.ledger.WalletNotActive;
import io.fincore.ledger.WalletUnknown;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.payment.HoldResult;
import io.fincore.workflows.payment.LedgerActivities;
import io.fincore.workflows.payment.PaymentStep;
import java.util.Locale;

final class LedgerActivitiesImpl implements LedgerActivities {

    private final StepRecorder steps;
    private final PaymentStore payments;
    private final BankCallStore calls;
    private final Ledger ledger;

    LedgerActivitiesImpl(StepRecorder steps, PaymentStore payments, BankCallStore calls, Ledger ledger) {
        this.calls = calls;
        this.steps = steps;
        this.payments = payments;
        this.ledger = ledger;
    }

    @Override
    public HoldResult hold(StepKey key, String paymentId) {
        return steps.forward(key, null, HoldResult.class, () -> {
            PaymentRow payment = payments.get(paymentId);
            HoldOutcome outcome = ledger.placeHold(
                    new PlaceHold(key.toString(), payment.holdId(), payment.source(), payment.amount()));
            return switch (outcome) {
                case HoldOutcome.Held held -> new HoldResult.Held(held.holdId());
                case InsufficientFunds refused ->
                    new HoldResult.Refused(
                            "insufficient_funds",
                            "The payment needs " + payment.amount() + "; the wallet has " + refused.available()
                                    + " available.");
                case WalletUnknown refused ->
                    new HoldResult.Refused("wallet_unknown", "There is no wallet " + payment.source() + ".");
                case WalletNotActive refused ->
                    new HoldResult.Refused(
                            "wallet_not_active",
                            "The wallet is " + refused.status().name().toLowerCase(Locale.ROOT) + ".");
                case CurrencyMismatch refused ->
                    new HoldResult.Refused("currency_mismatch", "The wallet is in " + refused.walletCurrency() + ".");
                case HoldExpired never ->
                    throw new IllegalStateException(key + " has placed a hold without a deadline");
                case OperationKeyReused reused -> throw new IllegalStateException(key + " is used for another hold");
            };
        });
    }

    @Override
    public void release(StepKey key, String paymentId) {
        steps.undo(key, () -> {
            PaymentRow payment = payments.get(paymentId);
            // An attempt that waits for its next try must not send what is given back here.
            calls.closeForEver(PaymentStep.SEND.key(paymentId));
            ReleaseOutcome outcome = ledger.releaseHold(new ReleaseHold(key.toString(), payment.holdId()));
            switch (outcome) {
                case ReleaseOutcome.Released released -> {}
                case HoldUnknown neverHeld -> {}
                case HoldResolved resolved -> {
                    if (resolved.status() != HoldStatus.RELEASED) {
                        throw new IllegalStateException(
                                "the hold of " + paymentId + " is " + resolved.status() + " and cannot be released");
                    }
                }
                case OperationKeyReused reused -> throw new IllegalStateException(key + " is used for another hold");
            }
            payments.showPendingStatus(payment);
        });
    }

    @Override
    public String settle(StepKey key, String paymentId, BankAnswer.Settled answer) {
        return steps.forward(key, answer, String.class, () -> {
            PaymentRow payment = payments.get(paymentId);
            calls.closeForEver(PaymentStep.SEND.key(paymentId), answer);
            steps.happened(PaymentStep.ANSWER.key(paymentId), answer);
            SettleOutcome outcome = ledger.settleHold(new SettleHold(
                    key.toString(),
                    payment.holdId(),
                    payment.amount(),
                    payment.endToEndId().value()));
            return switch (outcome) {
                case SettleOutcome.Settled settled -> settled.transactionId();
                case SettleOutcome.AmountAboveHold refused -> throw refusedBy(paymentId, refused);
                case HoldUnknown refused -> throw refusedBy(paymentId, refused);
                case HoldResolved refused -> throw refusedBy(paymentId, refused);
                case HoldExpired refused -> throw refusedBy(paymentId, refused);
                case CurrencyMismatch refused -> throw refusedBy(paymentId, refused);
                case OperationKeyReused refused -> throw refusedBy(paymentId, refused);
            };
        });
    }

    private static IllegalStateException refusedBy(String paymentId, SettleOutcome refusal) {
        return new IllegalStateException("the bank settled " + paymentId + " but the ledger refuses: " + refusal);
    }
}
