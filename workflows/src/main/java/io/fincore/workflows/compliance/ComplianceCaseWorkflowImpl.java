package io.fincore.workflows.compliance;

import io.fincore.workflows.FailureType;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionDesk;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.fincore.workflows.repair.SagaView;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A compliance case: waits for a decision, records it, and takes back the payment's hold if it was against the payment. */
public final class ComplianceCaseWorkflowImpl implements ComplianceCaseWorkflow {

    private final CaseOrder order;
    private final SagaView view;
    private final InterventionDesk desk;
    private final CaseSteps steps;
    private @Nullable Closing closing;
    private @Nullable Closing withdrawal;
    private @Nullable CaseVerdict recorded;

    @WorkflowInit
    public ComplianceCaseWorkflowImpl(CaseOrder order) {
        this.order = order;
        this.view = new SagaView(headline("open"), CaseStep.RESOLVE.stepName(), List.of());
        this.desk = new InterventionDesk(SagaKind.COMPLIANCE_CASE, order.caseId(), view);
        this.steps = new CaseSteps(order, view, desk);
        this.closing = order.rejection() == null ? null : Closing.of(order.rejection());
    }

    @Override
    public CaseVerdict run(CaseOrder sameOrder) {
        // Cancelling the case in the Web UI decides nothing; it is withdrawn with its payment only.
        CaseVerdict[] verdict = new CaseVerdict[1];
        CancellationScope detached = Workflow.newDetachedCancellationScope(() -> verdict[0] = decide());
        detached.run();
        return verdict[0];
    }

    private CaseVerdict decide() {
        CaseStart start = steps.begin();
        if (start.decided() != null) {
            closing = Closing.of(start.decided());
        }
        CaseTerms terms = start.terms();
        while (true) {
            view.reached(
                    headline("open"),
                    SagaStatus.RUNNING,
                    "an officer approves or rejects the payment `" + order.paymentId() + "`");
            Closing decided = awaitClosing(terms);
            CaseVerdict verdict = steps.resolve(decided);
            recorded = verdict;
            Optional<String> refusal = switch (verdict) {
                case APPROVED, WITHDRAWN -> Optional.empty();
                case REJECTED, EXPIRED -> steps.rejectPayment(decided);
            };
            if (refusal.isEmpty()) {
                return closed(verdict);
            }
            // Whoever asked for the verdict must have it before there can be another.
            Workflow.await(Workflow::isEveryHandlerFinished);
            terms = steps.reopen(terms.startingAt(now()), "the payment could not be rejected: " + refusal.get());
            closing = withdrawal;
            recorded = null;
        }
    }

    /** Reminds, escalates, and in the end decides by itself. */
    private Closing awaitClosing(CaseTerms terms) {
        if (!decidedBy(terms.remindAt())) {
            steps.remind();
        }
        if (!decidedBy(terms.dueAt())) {
            steps.escalate();
            view.reached(
                    headline("overdue"),
                    SagaStatus.RUNNING,
                    "an officer decides, before the case expires at " + terms.expiresAt());
        }
        if (!decidedBy(terms.expiresAt())) {
            closing = Closing.expired();
        }
        return Objects.requireNonNull(closing);
    }

    private boolean decidedBy(Instant instant) {
        Duration left = Duration.between(now(), instant);
        return closing != null || (left.isPositive() && Workflow.await(left, () -> closing != null));
    }

    private CaseVerdict closed(CaseVerdict verdict) {
        steps.close();
        view.reached(headline(verdict.name()), SagaStatus.SUCCEEDED, "nothing, the case is " + verdict);
        Workflow.await(Workflow::isEveryHandlerFinished);
        desk.close();
        return verdict;
    }

    @Override
    public CaseVerdict resolve(CaseResolution resolution) {
        // Refused here and not in a validator: a validator's failure reaches the client without its type.
        refuseCreator(resolution.resolver());
        refuseWhenDecided();
        closing = Closing.of(resolution);
        Workflow.await(() -> recorded != null);
        return Objects.requireNonNull(recorded);
    }

    @Override
    public void assign(CaseAssignment assignment) {
        refuseCreator(assignment.assignee());
        refuseWhenDecided();
        recorded(() -> steps.assign(assignment));
    }

    @Override
    public void addNote(CaseNote note) {
        refuseWhenDecided();
        recorded(() -> steps.addNote(note));
    }

    @Override
    public void withdraw(String actor) {
        withdrawal = Closing.withdrawn(actor);
        if (closing == null) {
            closing = withdrawal;
        }
    }

    @Override
    public InterventionStatus intervene(InterventionOrder intervention) {
        return desk.order(intervention);
    }

    @Override
    public InterventionStatus approveIntervention(InterventionApproval approval) {
        return desk.approve(approval);
    }

    @Override
    public CaseState state() {
        return new CaseState(
                order.caseId(),
                order.paymentId(),
                steps.round(),
                closing == null ? null : closing.verdict(),
                view.next());
    }

    private void refuseCreator(String principal) {
        if (principal.equals(order.paymentCreator())) {
            throw FailureType.CASE_RESOLVER_IS_CREATOR.nonRetryable("who ordered the payment cannot resolve its case");
        }
    }

    private void refuseWhenDecided() {
        if (closing != null) {
            throw FailureType.CASE_ALREADY_RESOLVED.nonRetryable("the case is " + closing.verdict() + " already");
        }
    }

    /** Whatever else comes of it, an update fails by an ApplicationFailure only. */
    private static void recorded(Runnable step) {
        try {
            step.run();
        } catch (ActivityFailure failure) {
            throw FailureType.PERMANENT.nonRetryable("not recorded: " + FailureType.describe(failure));
        }
    }

    private String headline(String standing) {
        return "Case `" + order.caseId() + "` on payment `" + order.paymentId() + "`: "
                + String.join(", ", order.reasons()) + " — **" + standing + "**";
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
