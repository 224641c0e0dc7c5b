package io.fincore.workflows.repair;

import io.fincore.workflows.ActivityPolicies;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.InternalSteps;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.StepKey;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a saga rests when it cannot go on by itself, and where operators tell it what to do. The desk knows what may be ordered now,
 * has it recorded, and hands it to the saga; what an order means is the saga's own business.
 */
public final class InterventionDesk {

    private static final String CALL = "saga.require-manual-intervention";
    private static final String GO_ON = "saga.go-on";

    private final SagaKind kind;
    private final String subjectId;
    private final Progress progress;
    private final InternalSteps<SagaActivities> sagas = new InternalSteps<>(SagaActivities.class);
    private final Map<String, InterventionOrder> awaitingConsent = new LinkedHashMap<>();
    private final List<String> toConclude = new ArrayList<>();
    private @Nullable InterventionCause cause;
    private @Nullable String detail;
    private @Nullable InterventionOrder granted;
    private boolean recording;

    public InterventionDesk(SagaKind kind, String subjectId, Progress progress) {
        this.kind = kind;
        this.subjectId = subjectId;
        this.progress = progress;
    }

    /** Takes an operator's order, in the handler of the update. */
    public InterventionStatus order(InterventionOrder order) {
        InterventionCause reason = requirePossible(order);
        boolean needsConsent = reason.needsSecondPerson(order.action());
        InterventionStatus status = needsConsent ? InterventionStatus.REQUESTED : InterventionStatus.TAKEN;
        String workflowId = Workflow.getInfo().getWorkflowId();
        SagaStand before = stand();
        recorded("saga.record-intervention", s -> s.recordIntervention(workflowId, order, status, before));
        if (needsConsent) {
            awaitingConsent.put(order.id(), order);
            progress.note(order.action().code(), "asked for by `" + order.actor() + "`, waits for a second person");
        } else {
            grant(order, order.actor());
        }
        return status;
    }

    /** Takes a second person's consent, in the handler of the update. */
    public InterventionStatus approve(InterventionApproval approval) {
        InterventionOrder order = awaitingConsent.get(approval.interventionId());
        if (order == null) {
            throw FailureType.INTERVENTION_UNKNOWN.nonRetryable(
                    "no intervention " + approval.interventionId() + " waits for consent");
        }
        if (order.actor().equals(approval.actor())) {
            throw FailureType.INTERVENTION_NEEDS_ANOTHER_PERSON.nonRetryable(
                    "who asked for the intervention cannot consent to it");
        }
        requirePossible(order);
        recorded("saga.approve-intervention", s -> s.approveIntervention(approval));
        awaitingConsent.remove(order.id());
        grant(order, order.actor() + "` and `" + approval.actor());
        return InterventionStatus.TAKEN;
    }

    /**
     * Calls a person, and goes on. What is ordered from now on is found by {@link #poll}.
     *
     * @param step what failed or is not known
     */
    public void callPerson(StepKey step, InterventionCause why, String what) {
        callPerson(step, why, what, what);
    }

    /**
     * {@link #callPerson(StepKey, InterventionCause, String)}, for what tells of a person.
     *
     * @param what for the record, the log and the event: nothing of the person
     * @param shown in its place in the workflow's details
     */
    public void callPerson(StepKey step, InterventionCause why, String what, String shown) {
        conclude();
        cause = why;
        detail = what;
        progress.note(CALL, shown);
        try {
            sagas.run(CALL, s -> s.requireManualIntervention(step, kind, subjectId, why, what));
        } catch (ActivityFailure failure) {
            // Not even the alert could be written. The saga must stay open all the same, and the Web UI shows it.
            progress.note(CALL, "not recorded: " + FailureType.describe(failure));
        }
        progress.needsPerson(
                why,
                "an operator looks at `" + step.name() + "`: " + shown + ". Possible: " + names(why)
                        + ". Runbook: `docs/operating/runbooks/" + why.runbook() + "`");
    }

    /** Calls a person, and waits for an order. */
    public InterventionOrder awaitOrder(StepKey step, InterventionCause why, String what) {
        callPerson(step, why, what);
        Workflow.await(() -> granted != null);
        return poll().orElseThrow();
    }

    /**
     * Calls a person, and waits for an order. The cause may go away by itself, so the saga wakes up after a while without any.
     *
     * @return empty if there was no order in that time
     */
    public Optional<InterventionOrder> rest(StepKey step, InterventionCause why, String what) {
        callPerson(step, why, what);
        Workflow.await(ActivityPolicies.MANUAL_INTERVENTION_PAUSE, () -> granted != null);
        Workflow.await(() -> !recording);
        return poll();
    }

    /** Takes a step that must not be given up. When it fails for good, the saga rests before it tries again. */
    public <R> R untilDone(StepKey step, Supplier<R> action) {
        InterventionCause causeBefore = cause;
        String detailBefore = detail;
        SagaStatus statusBefore = progress.sagaStatus();
        boolean rested = false;
        while (true) {
            try {
                R result = action.get();
                // The step may have been taken beside something else that waits for a person.
                cause = causeBefore;
                detail = detailBefore;
                if (rested && causeBefore == null) {
                    goOn(statusBefore);
                }
                return result;
            } catch (ActivityFailure failure) {
                rested = true;
                rest(step, InterventionCause.STEP_FAILED, step.name() + " failed: " + FailureType.describe(failure));
            }
        }
    }

    /** The saga goes on by itself, and its record shows it. */
    public void goOn(SagaStatus status) {
        noNeed();
        try {
            sagas.run(GO_ON, s -> s.goOn(kind, subjectId, status));
        } catch (ActivityFailure failure) {
            // Whoever looks still sees the alarm, but nothing can be ordered: the saga is on its way.
            progress.note(GO_ON, "not recorded: " + FailureType.describe(failure));
        }
        progress.goesOn();
    }

    /** {@link #untilDone(StepKey, Supplier)} for a step that answers nothing. */
    public void runUntilDone(StepKey step, Runnable action) {
        untilDone(step, () -> {
            action.run();
            return true;
        });
    }

    /** Whether an order waits to be taken by {@link #poll}. */
    public boolean hasOrder() {
        return granted != null;
    }

    /** The order that waits, if there is one; it is the saga's to act on from now on. */
    public Optional<InterventionOrder> poll() {
        Optional<InterventionOrder> order = Optional.ofNullable(granted);
        granted = null;
        return order;
    }

    /** The saga goes on by itself: nothing can be ordered any more. */
    public void noNeed() {
        cause = null;
        detail = null;
        granted = null;
    }

    /** Records what the last interventions have led to. Called at the end of the saga, when no update is being handled any more. */
    public void close() {
        noNeed();
        toConclude.addAll(awaitingConsent.keySet());
        awaitingConsent.clear();
        conclude();
    }

    private void conclude() {
        SagaStand after = stand();
        while (!toConclude.isEmpty()) {
            String id = toConclude.removeFirst();
            try {
                sagas.run("saga.conclude-intervention", s -> s.concludeIntervention(id, after));
            } catch (ActivityFailure failure) {
                // Money does not depend on it; the saga's own steps tell the same.
                progress.note("saga.conclude-intervention", "not recorded: " + FailureType.describe(failure));
            }
        }
    }

    private SagaStand stand() {
        return new SagaStand(progress.sagaStatus(), progress.step(), cause, detail);
    }

    private InterventionCause requirePossible(InterventionOrder order) {
        if (cause == null) {
            // The record may be ahead of us: when a worker dies after it called a person, its workflow task is taken
            // again, and the order of who came at once is handled before it.
            Workflow.await(ActivityPolicies.COMING_TO_REST, () -> cause != null);
        }
        InterventionCause reason = cause;
        if (reason == null) {
            throw notPossible("the saga does not wait for an operator: nothing is possible now");
        }
        if (recording || granted != null) {
            throw notPossible("another intervention is being taken: look at the saga before the next");
        }
        if (!reason.possible().contains(order.action())) {
            throw notPossible(order.action().code() + " is not possible now; possible: " + names(reason));
        }
        Resolution resolution = order.resolution();
        if (resolution != null && !reason.takes(resolution)) {
            throw notPossible("the resolution " + resolution.code() + " does not answer " + reason.code());
        }
        return reason;
    }

    private void grant(InterventionOrder order, String by) {
        toConclude.add(order.id());
        // While it was being recorded, the saga may have gone on by itself.
        if (cause != null && cause.possible().contains(order.action())) {
            granted = order;
            progress.note(order.action().code(), "ordered by `" + by + "`");
        }
    }

    /** Whatever else comes of it, an update fails by an ApplicationFailure only. */
    private void recorded(String name, Consumer<SagaActivities> activity) {
        recording = true;
        try {
            sagas.runAfterUpdate(name, activity);
        } catch (ActivityFailure failure) {
            throw FailureType.PERMANENT.nonRetryable(
                    "the intervention could not be recorded: " + FailureType.describe(failure));
        } finally {
            recording = false;
        }
    }

    private static RuntimeException notPossible(String message) {
        return FailureType.INTERVENTION_NOT_POSSIBLE.nonRetryable(message);
    }

    private static String names(InterventionCause cause) {
        return cause.possible().stream().map(InterventionAction::code).sorted().collect(Collectors.joining(", "));
    }
}
