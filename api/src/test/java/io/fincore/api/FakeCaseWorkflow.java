package io.fincore.api;

import io.fincore.workflows.compliance.CaseAssignment;
import io.fincore.workflows.compliance.CaseNote;
import io.fincore.workflows.compliance.CaseOrder;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.compliance.CaseState;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import io.fincore.workflows.repair.InterventionApproval;
import io.fincore.workflows.repair.InterventionOrder;
import io.fincore.workflows.repair.InterventionStatus;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Stands in for the compliance case. */
public final class FakeCaseWorkflow implements ComplianceCaseWorkflow {

    private final FakeActivities rows = Workflow.newLocalActivityStub(
            FakeActivities.class,
            LocalActivityOptions.newBuilder()
                    .setStartToCloseTimeout(Duration.ofSeconds(5))
                    .build());
    private final CaseOrder order;
    private @Nullable CaseVerdict verdict;

    @WorkflowInit
    public FakeCaseWorkflow(CaseOrder order) {
        this.order = order;
    }

    @Override
    public CaseVerdict run(CaseOrder given) {
        // Stays open after its verdict, so that a second one meets the validator.
        Workflow.await(() -> false);
        return CaseVerdict.EXPIRED;
    }

    @Override
    public CaseVerdict resolve(CaseResolution resolution) {
        refuseCreator(resolution.resolver());
        refuseWhenDecided();
        verdict = resolution.approve() ? CaseVerdict.APPROVED : CaseVerdict.REJECTED;
        rows.resolve(order.caseId(), verdict.name(), resolution.note(), resolution.resolver());
        return verdict;
    }

    @Override
    public void assign(CaseAssignment assignment) {
        refuseCreator(assignment.assignee());
        refuseWhenDecided();
        rows.assign(order.caseId(), assignment.assignee());
    }

    @Override
    public void addNote(CaseNote note) {
        refuseWhenDecided();
        rows.addNote(order.caseId(), note);
    }

    private void refuseCreator(String principal) {
        if (principal.equals(order.paymentCreator())) {
            throw ApplicationFailure.newNonRetryableFailure("the creator", "CASE_RESOLVER_IS_CREATOR");
        }
    }

    private void refuseWhenDecided() {
        if (verdict != null) {
            throw ApplicationFailure.newNonRetryableFailure("resolved before", "CASE_ALREADY_RESOLVED");
        }
    }

    @Override
    public void withdraw(String actor) {}

    @Override
    public InterventionStatus intervene(InterventionOrder intervention) {
        throw ApplicationFailure.newNonRetryableFailure("nothing is possible", "INTERVENTION_NOT_POSSIBLE");
    }

    @Override
    public InterventionStatus approveIntervention(InterventionApproval approval) {
        throw ApplicationFailure.newNonRetryableFailure("nothing waits", "INTERVENTION_UNKNOWN");
    }

    @Override
    public CaseState state() {
        return new CaseState(order.caseId(), order.paymentId(), 1, verdict, "an officer");
    }
}
