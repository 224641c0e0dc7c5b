package io.fincore.workflows.activation;

import io.fincore.workflows.ActivityPolicies;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.InterventionDesk;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.Progress;
import io.fincore.workflows.repair.Resolution;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Step 1: finds out what the provider, or an operator in its place, thinks of the customer. */
final class KycCheck {

    private final ActivationOrder order;
    private final ActivationSteps steps;
    private final InterventionDesk desk;
    private final Progress progress;
    private final Set<String> seenEventIds = new HashSet<>();
    private @Nullable KycAnswer reported;
    private boolean referred;

    KycCheck(ActivationOrder order, ActivationSteps steps, InterventionDesk desk, Progress progress) {
        this.order = order;
        this.steps = steps;
        this.desk = desk;
        this.progress = progress;
    }

    /** Takes a callback. The first final answer counts; a referral counts until then. */
    void reported(KycReport report) {
        if (seenEventIds.add(report.eventId()) && (reported == null || !reported.isFinal())) {
            reported = report.answer();
        }
    }

    /** How a check ended. */
    sealed interface Result {
        record Passed(KycAnswer.Approved answer) implements Result {}

        record NotPassed(ActivationEnding ending) implements Result {}
    }

    Result result() {
        progress.taking(ActivationStep.VERIFY.key(order.activationId()));
        try {
            KycAnswer answer = called("kyc.verify", KycCheck::verify);
            Duration patience = ActivityPolicies.KYC_PATIENCE;
            while (!answer.isFinal()) {
                if (isLate()) {
                    return notPassed(ActivationEnding.failed(
                            "kyc_not_decided", "The customer's check was not decided before the deadline."));
                }
                answer = switch (answer) {
                    case KycAnswer.Referred toUs -> decidedByUs(toUs);
                    case KycAnswer.NotKnown lost -> called("kyc.verify", KycCheck::verify);
                    case KycAnswer.Pending pending -> decidedLater(patience);
                    case KycAnswer.Approved decided -> decided;
                    case KycAnswer.Rejected decided -> decided;
                };
                patience = longer(patience);
            }
            desk.noNeed();
            return answer instanceof KycAnswer.Approved approved
                    ? new Result.Passed(approved)
                    : notPassed(ActivationEnding.rejected(((KycAnswer.Rejected) answer).reason()));
        } catch (ActivityFailure failure) {
            desk.noNeed();
            progress.note(progress.step(), FailureType.describe(failure));
            return notPassed(ActivationEnding.failed(
                    "kyc_unavailable", "The customer could not be checked before the deadline."));
        }
    }

    private Result notPassed(ActivationEnding ending) {
        return new Result.NotPassed(ending);
    }

    private KycAnswer decidedLater(Duration patience) {
        await(patience, () -> reported != null);
        return reported != null ? taken() : called("kyc.inquire", KycCheck::inquire);
    }

    private KycAnswer decidedByUs(KycAnswer.Referred toUs) {
        if (!referred) {
            referred = true;
            steps.markInReview(toUs);
            desk.callPerson(
                    ActivationStep.VERIFY.key(order.activationId()),
                    InterventionCause.KYC_REFERRED,
                    "the KYC provider refers its check " + toUs.reference(),
                    toUs.reason());
        }
        await(ActivityPolicies.MANUAL_INTERVENTION_PAUSE, () -> reported != null || desk.hasOrder());
        if (reported != null) {
            return taken();
        }
        return desk.poll().map(said -> followed(said, toUs)).orElse(toUs);
    }

    private KycAnswer followed(InterventionOrder said, KycAnswer.Referred toUs) {
        return switch (said.action()) {
            case RESOLVE ->
                said.resolution() == Resolution.APPROVED
                        ? new KycAnswer.Approved(said.id())
                        : new KycAnswer.Rejected(said.id(), said.reason());
            case FORCE_INQUIRY -> called("kyc.inquire", KycCheck::inquire);
            // Not among what the cause takes.
            case RETRY, COMPENSATE -> toUs;
        };
    }

    private KycAnswer taken() {
        KycAnswer answer = reported;
        if (answer == null) {
            throw new IllegalStateException("nothing was reported");
        }
        if (!answer.isFinal()) {
            reported = null;
        }
        return answer;
    }

    /** Waits for the provider; its callback may be faster. */
    private KycAnswer called(String name, Call call) {
        StepKey key = ActivationStep.VERIFY.key(order.activationId());
        KycActivities kyc = Workflow.newActivityStub(
                KycActivities.class, ActivityPolicies.kyc(name + " " + order.activationId(), timeLeft()));
        Promise<KycAnswer> promise = Async.function(() -> call.on(kyc, key, order.activationId()));
        Workflow.await(() -> promise.isCompleted() || (reported != null && reported.isFinal()));
        KycAnswer answer = promise.isCompleted() ? promise.get() : taken();
        progress.note(name, answer.getClass().getSimpleName());
        return answer;
    }

    private static KycAnswer verify(KycActivities kyc, StepKey key, String activationId) {
        return kyc.verify(key, activationId);
    }

    private static KycAnswer inquire(KycActivities kyc, StepKey key, String activationId) {
        return kyc.inquire(key.besides("kyc.inquire"), activationId);
    }

    private void await(Duration atMost, BooleanSupplier condition) {
        Duration left = timeLeft();
        Workflow.await(left.compareTo(atMost) < 0 ? left : atMost, condition::getAsBoolean);
    }

    private boolean isLate() {
        return !now().isBefore(order.deadline());
    }

    /** At least a moment, so that the provider is asked once even when the deadline has passed. */
    private Duration timeLeft() {
        Duration left = Duration.between(now(), order.deadline());
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(ActivityPolicies.MANUAL_INTERVENTION_PAUSE) < 0
                ? doubled
                : ActivityPolicies.MANUAL_INTERVENTION_PAUSE;
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    @FunctionalInterface
    private interface Call {
        KycAnswer on(KycActivities kyc, StepKey key, String activationId);
    }
}
