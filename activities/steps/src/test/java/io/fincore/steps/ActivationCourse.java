package io.fincore.steps;

import io.fincore.ledger.Wallet;
import io.fincore.providers.KycAnswer;
import io.fincore.providers.KycCheck;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.activation.AccountActivationActivities;
import io.fincore.workflows.activation.AccountActivationWorkflow;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.activation.ActivationStep;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.Resolution;
import io.temporal.testing.TestActivityEnvironment;
import java.util.List;
import java.util.Map;

/** An account activation on one of the paths of {@link ActivationMatrix}. */
final class ActivationCourse extends Course {

    private final String path;
    private final Activations activations;
    private final Wallet wallet;
    private final ActivationOrder order;

    ActivationCourse(String path, PaymentSaga saga) {
        super(saga);
        this.path = path;
        this.activations = new Activations(saga);
        this.wallet = activations.wallet();
        this.order = activations.order(wallet);
    }

    @Override
    String workflowId() {
        return AccountActivationWorkflow.workflowId(order.activationId());
    }

    @Override
    List<String> traces() {
        return List.of(order.activationId().substring("act_".length()), wallet.id(), wallet.customerId());
    }

    @Override
    void start() {
        switch (path) {
            case "activates" -> {}
            case "is frozen" -> activations.freeze(wallet);
            case "is rejected" -> saga.kyc.answers.add(new KycAnswer.Rejected("KYC-1", "on a list"));
            case "waits" -> saga.kyc.answers.add(new KycAnswer.Pending("KYC-1"));
            case "is referred" -> saga.kyc.answers.add(new KycAnswer.Referred("KYC-1", "two people of this name"));
            default -> throw new IllegalArgumentException(path);
        }
        activations.start(order);
        if (path.equals("is referred")) {
            operators.awaitCall(workflowId());
            resolveIfReferred();
        }
    }

    @Override
    void goOn() {
        if (path.equals("is referred")) {
            saga.passTimeUntil(this::resolveIfReferred);
        }
    }

    private boolean resolveIfReferred() {
        if (operators.cause(workflowId()) == InterventionCause.KYC_REFERRED) {
            operators.intervene(workflowId(), Operators.order(InterventionAction.RESOLVE, Resolution.APPROVED));
            return true;
        }
        return false;
    }

    @Override
    Map<String, String> ending() {
        return Map.of(
                "activation", activations.status(order),
                "saga", sagaStatus(workflowId()),
                "customer", activations.customerStatus(wallet),
                "wallet", activations.walletStatus(wallet),
                // The provider makes a check once, however often it is asked for.
                "checks",
                        String.valueOf(saga.kyc.received.stream()
                                .map(KycCheck::checkId)
                                .distinct()
                                .count()),
                "record", record(workflowId(), ActivationMatrix.STEPS));
    }

    @Override
    Object attempt(String step, TestActivityEnvironment activities) {
        AccountActivationActivities steps = activities.newActivityStub(AccountActivationActivities.class);
        String id = order.activationId();
        return switch (step) {
            case "activation.create" -> {
                steps.create(ActivationStep.VERIFY.key(id).besides("activation.create"), order);
                yield NOTHING;
            }
            case "kyc.approve" -> {
                steps.approve(
                        key(ActivationStep.APPROVE),
                        id,
                        new io.fincore.workflows.activation.KycAnswer.Approved("KYC-1"));
                yield NOTHING;
            }
            case "customer.mark-verified" -> {
                steps.markVerified(key(ActivationStep.MARK_VERIFIED), id);
                yield NOTHING;
            }
            case "wallet.activate" -> steps.activateWallet(key(ActivationStep.ACTIVATE), id);
            default -> throw new IllegalArgumentException(step);
        };
    }

    private StepKey key(ActivationStep step) {
        return step.key(order.activationId());
    }
}
