package io.fincore.steps;

import io.fincore.customers.Customers;
import io.fincore.ledger.ActivationOutcome;
import io.fincore.ledger.Ledger;
import io.fincore.ledger.WalletNotActive;
import io.fincore.ledger.WalletUnknown;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.activation.AccountActivationActivities;
import io.fincore.workflows.activation.ActivationEnding;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.activation.KycAnswer;
import io.fincore.workflows.activation.WalletActivation;
import java.util.Locale;

final class AccountActivationActivitiesImpl implements AccountActivationActivities {

    private final StepRecorder steps;
    private final ActivationStore activations;
    private final Customers customers;
    private final Ledger ledger;

    AccountActivationActivitiesImpl(
            StepRecorder steps, ActivationStore activations, Customers customers, Ledger ledger) {
        this.steps = steps;
        this.activations = activations;
        this.customers = customers;
        this.ledger = ledger;
    }

    @Override
    public void create(StepKey key, ActivationOrder order) {
        steps.orderedBy(order.principal()).forward(key, order, () -> activations.create(order));
    }

    @Override
    public void markInReview(StepKey key, String activationId, String reason) {
        steps.forward(key, reason, () -> activations.markInReview(activationId, reason));
    }

    @Override
    public void approve(StepKey key, String activationId, KycAnswer.Approved answer) {
        steps.forward(key, answer, () -> activations.approve(activationId, answer));
    }

    @Override
    public void revoke(StepKey key, String activationId) {
        steps.undo(key, () -> activations.revoke(activationId));
    }

    @Override
    public void markVerified(StepKey key, String activationId) {
        steps.forward(
                key,
                null,
                String.class,
                () -> customers
                        .verify(activations.get(activationId).customerId(), activationId)
                        .name()
                        .toLowerCase(Locale.ROOT));
    }

    @Override
    public void restoreCustomer(StepKey key, String activationId) {
        steps.undo(
                key,
                () -> customers.withdrawVerification(
                        activations.get(activationId).customerId(), activationId));
    }

    @Override
    public WalletActivation activateWallet(StepKey key, String activationId) {
        return steps.forward(key, null, WalletActivation.class, () -> {
            ActivationOutcome outcome =
                    ledger.activate(activations.get(activationId).walletId());
            return switch (outcome) {
                case ActivationOutcome.Activated activated -> {
                    activations.complete(activationId);
                    yield new WalletActivation.Activated();
                }
                case WalletUnknown unknown -> new WalletActivation.Refused("There is no such wallet.");
                case WalletNotActive other ->
                    new WalletActivation.Refused(
                            "The wallet is " + other.status().name().toLowerCase(Locale.ROOT) + ".");
            };
        });
    }

    @Override
    public void end(StepKey key, ActivationOrder order, ActivationEnding ending) {
        steps.undo(key, () -> {
            // The order may have failed before it was written: it ends on record all the same.
            activations.create(order);
            if (ending.status() == ActivationStatus.REJECTED) {
                customers.reject(order.customerId());
            }
            activations.end(order.activationId(), ending);
        });
    }
}
