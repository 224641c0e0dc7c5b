package io.fincore.workflows.erasure;

import io.fincore.workflows.ActivityPolicies;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.InternalSteps;
import io.fincore.workflows.SagaAttributes;
import io.fincore.workflows.SagaStatus;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tries, waits, and tries again; all that lasts is in the database, so that it can go on in a new run when its history is long. */
public final class ErasureWorkflowImpl implements ErasureWorkflow {

    private final InternalSteps<ErasureActivities> steps = new InternalSteps<>(ErasureActivities.class);
    private final ErasureOrder order;
    private ErasureStatus status = ErasureStatus.PENDING;
    private List<Obstacle> obstacles = List.of();
    private String next = "it is looked at what is open";
    private boolean created;
    private @Nullable ErasureCancellation cancellation;
    private boolean cancellationIsNew;
    private boolean reminded;

    @WorkflowInit
    public ErasureWorkflowImpl(ErasureOrder order) {
        this.order = order;
    }

    @Override
    public ErasureStatus run(ErasureOrder sameOrder) {
        // Cancelling it in the Web UI takes no request back: only the person does.
        Workflow.newDetachedCancellationScope(this::eraseOrCancel).run();
        if (!status.isTerminal()) {
            Workflow.continueAsNew(order);
        }
        Workflow.await(Workflow::isEveryHandlerFinished);
        return status;
    }

    /** Ends early when the history has become long. */
    private void eraseOrCancel() {
        show(SagaStatus.RUNNING);
        Duration pause = ActivityPolicies.ERASURE_FIRST_PAUSE;
        while (!tried()) {
            // A cancellation that waits would be lost in a new run.
            if (Workflow.isEveryHandlerFinished() && Workflow.getInfo().isContinueAsNewSuggested()) {
                return;
            }
            boolean anyCancellation = anyCancellationEndsThePause();
            Workflow.await(until(pause), () -> cancellationIsNew || (anyCancellation && cancellation != null));
            pause = shorter(pause.multipliedBy(2), ActivityPolicies.ERASURE_LONGEST_PAUSE);
        }
    }

    /** One that was tried in vain waits for the next try; in histories from before this it did not, and they go on so. */
    private boolean anyCancellationEndsThePause() {
        return cancellation != null
                && !cancellationIsNew
                && Workflow.getVersion("cancellation-after-pause", Workflow.DEFAULT_VERSION, 1)
                        == Workflow.DEFAULT_VERSION;
    }

    /** @return whether it has ended, in one way or the other; a fault is tried again like an obstacle */
    private boolean tried() {
        try {
            if (cancellation != null) {
                cancellationIsNew = false;
                return ended(steps.takeAfterUpdate(
                        "erasure.cancel",
                        activities -> activities.cancel(order.erasureId(), Objects.requireNonNull(cancellation))));
            }
            steps.run("erasure.create", activities -> activities.create(order));
            created = true;
            obstacles = steps.take("erasure.erase", activities -> activities.erase(order.erasureId()));
            if (obstacles.isEmpty()) {
                return ended(ErasureStatus.COMPLETED);
            }
            next = "it is tried again; open: " + obstacles.size();
            observeDeadline();
        } catch (ActivityFailure failure) {
            next = "it is tried again; it failed: " + FailureType.describe(failure);
            observeDeadlineAfterFault();
        }
        show(status == ErasureStatus.OVERDUE ? SagaStatus.REQUIRES_MANUAL_INTERVENTION : SagaStatus.RUNNING);
        return false;
    }

    private boolean ended(ErasureStatus end) {
        status = end;
        obstacles = List.of();
        next = "nothing, it is " + end.code();
        show(SagaStatus.SUCCEEDED);
        return true;
    }

    private void observeDeadline() {
        if (!reminded && !now().isBefore(order.remindAt())) {
            steps.run("erasure.remind", activities -> activities.remind(order.erasureId()));
            reminded = true;
        }
        if (status != ErasureStatus.OVERDUE && !now().isBefore(order.deadline())) {
            steps.run("erasure.alert", activities -> activities.alert(order.erasureId()));
            status = ErasureStatus.OVERDUE;
        }
    }

    /** The person's month goes by whatever it is that does not work. */
    private void observeDeadlineAfterFault() {
        if (Workflow.getVersion("deadline-after-fault", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            return;
        }
        try {
            observeDeadline();
        } catch (ActivityFailure sameTrouble) {
            next = next + "; " + FailureType.describe(sameTrouble);
        }
    }

    /** Not past the reminder, nor past the deadline: both come on time. */
    private Duration until(Duration pause) {
        Duration shortest = pause;
        for (Instant due : List.of(order.remindAt(), order.deadline())) {
            Duration left = Duration.between(now(), due);
            shortest = left.isPositive() ? shorter(shortest, left) : shortest;
        }
        return shortest;
    }

    @Override
    public ErasureStatus cancel(ErasureCancellation request) {
        // It may come before the first task; what is not written down yet cannot be taken back.
        Workflow.await(() -> created);
        cancellation = request;
        cancellationIsNew = true;
        Workflow.await(() -> status.isTerminal());
        return status;
    }

    @Override
    public ErasureState state() {
        return new ErasureState(order.erasureId(), order.customerId(), status, obstacles, next);
    }

    private void show(SagaStatus saga) {
        Workflow.upsertTypedSearchAttributes(
                SagaAttributes.SAGA_STATUS.valueSet(saga.name()),
                SagaAttributes.CUSTOMER_ID.valueSet(order.customerId()),
                SagaAttributes.CORRELATION_ID.valueSet(order.correlationId()));
        StringBuilder details = new StringBuilder("Erasure of `" + order.customerId() + "` — **" + status.code()
                + "**, by " + order.deadline() + "\n\nNext: " + next + "\n");
        obstacles.forEach(one -> details.append("\n- ")
                .append(one.kind())
                .append(" `")
                .append(one.id())
                .append("` is ")
                .append(one.status()));
        Workflow.setCurrentDetails(details.toString());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
