package io.fincore.steps;

import io.fincore.customers.Customer;
import io.fincore.customers.Customers;
import io.fincore.providers.Kyc;
import io.fincore.providers.KycCheck;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.activation.KycActivities;
import io.fincore.workflows.activation.KycAnswer;
import io.temporal.failure.ApplicationFailure;

final class KycActivitiesImpl implements KycActivities {

    private final StepRecorder steps;
    private final ActivationStore activations;
    private final Customers customers;
    private final Kyc kyc;

    KycActivitiesImpl(StepRecorder steps, ActivationStore activations, Customers customers, Kyc kyc) {
        this.steps = steps;
        this.activations = activations;
        this.customers = customers;
        this.kyc = kyc;
    }

    /** The provider checks once per activation, however often it is asked; so each attempt may ask it. */
    @Override
    public KycAnswer verify(StepKey key, String activationId) {
        return steps.call(key, KycAnswer.class, KycAnswer::isFinal, () -> {
            String customerId = activations.get(activationId).customerId();
            Customer customer = customers
                    .find(customerId)
                    .orElseThrow(() -> new IllegalStateException("no customer " + customerId));
            return answered(kyc.verify(
                    new KycCheck(activationId, customer.name(), customer.dateOfBirth(), customer.country())));
        });
    }

    @Override
    public KycAnswer inquire(StepKey key, String activationId) {
        return steps.call(key, KycAnswer.class, KycAnswer::isFinal, () -> answered(kyc.inquire(activationId)));
    }

    private static KycAnswer answered(io.fincore.providers.KycAnswer said) {
        return switch (said) {
            case io.fincore.providers.KycAnswer.Approved approved -> new KycAnswer.Approved(approved.reference());
            case io.fincore.providers.KycAnswer.Rejected rejected ->
                new KycAnswer.Rejected(rejected.reference(), rejected.reason());
            case io.fincore.providers.KycAnswer.Referred referred ->
                new KycAnswer.Referred(referred.reference(), referred.reason());
            case io.fincore.providers.KycAnswer.Pending pending -> new KycAnswer.Pending(pending.reference());
            case io.fincore.providers.KycAnswer.NotKnown lost -> new KycAnswer.NotKnown();
            case io.fincore.providers.KycAnswer.Unavailable unavailable -> throw unavailable(unavailable);
        };
    }

    private static ApplicationFailure unavailable(io.fincore.providers.KycAnswer.Unavailable said) {
        ApplicationFailure.Builder failure = ApplicationFailure.newBuilder()
                .setType(FailureType.PROVIDER_NOT_REACHED.name())
                .setMessage(said.detail());
        if (said.retryAfter() != null) {
            failure.setNextRetryDelay(said.retryAfter());
        }
        return failure.build();
    }
}
