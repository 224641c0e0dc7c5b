package io.fincore.steps;

import io.fincore.workflows.ActivityPolicies;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.compliance.CaseAssignment;
import io.fincore.workflows.compliance.CaseNote;
import io.fincore.workflows.compliance.CaseOrder;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.compliance.CaseState;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.compliance.ComplianceCaseActivities;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import io.fincore.workflows.compliance.ComplianceCaseWorkflowImpl;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A case whose first run is lost: when its verdict is recorded and the rejection decided, but the hold not yet released. The second one
 * is real. (The in-memory Temporal tells no parent that a child was terminated; so the run fails instead.)
 */
public final class CaseLostOnce implements ComplianceCaseWorkflow {

    private final ComplianceCaseActivities steps =
            Workflow.newActivityStub(ComplianceCaseActivities.class, ActivityPolicies.regular("first run"));
    private final ComplianceCaseWorkflow real;
    private @Nullable Boolean first;
    private @Nullable CaseResolution resolution;
    private @Nullable CaseVerdict recorded;

    @WorkflowInit
    public CaseLostOnce(CaseOrder order) {
        real = new ComplianceCaseWorkflowImpl(order);
    }

    @Override
    public CaseVerdict run(CaseOrder order) {
        first = steps.begin(order.caseId()).decided() == null;
        if (!first) {
            return real.run(order);
        }
        Workflow.await(() -> resolution != null);
        CaseResolution decided = Objects.requireNonNull(resolution);
        CaseVerdict verdict = steps.resolve(
                key(order, 1, "case.resolve"),
                order.caseId(),
                decided.approve() ? CaseVerdict.APPROVED : CaseVerdict.REJECTED,
                decided.resolver(),
                decided.note());
        if (verdict == CaseVerdict.REJECTED) {
            steps.markPaymentRejected(key(order, 2, "payment.mark-rejected"), order.paymentId(), decided.note());
        }
        recorded = verdict;
        Workflow.await(Workflow::isEveryHandlerFinished);
        throw ApplicationFailure.newNonRetryableFailure("lost", "lost");
    }

    private static StepKey key(CaseOrder order, int number, String name) {
        return new StepKey(ComplianceCaseWorkflow.workflowId(order.caseId()), 1, number, name);
    }

    @Override
    public CaseVerdict resolve(CaseResolution decided) {
        Workflow.await(() -> first != null);
        if (Boolean.FALSE.equals(first)) {
            return real.resolve(decided);
        }
        resolution = decided;
        Workflow.await(() -> recorded != null);
        return Objects.requireNonNull(recorded);
    }

    @Override
    public void assign(CaseAssignment assignment) {
        real.assign(assignment);
    }

    @Override
    public void addNote(CaseNote note) {
        real.addNote(note);
    }

    @Override
    public void withdraw(String actor) {
        real.withdraw(actor);
    }

    @Override
    public InterventionStatus intervene(InterventionOrder order) {
        return real.intervene(order);
    }

    @Override
    public InterventionStatus approveIntervention(InterventionApproval approval) {
        return real.approveIntervention(approval);
    }

    @Override
    public CaseState state() {
        return real.state();
    }
}
