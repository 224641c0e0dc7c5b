package io.fincore.api;

import io.fincore.workflows.compliance.CaseOrder;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.compliance.CaseState;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
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
        if (resolution.resolver().equals(order.paymentCreator())) {
            throw ApplicationFailure.newNonRetryableFailure("the creator", "CASE_RESOLVER_IS_CREATOR");
        }
        if (verdict != null) {
            throw ApplicationFailure.newNonRetryableFailure("resolved before", "CASE_ALREADY_RESOLVED");
        }
        verdict = resolution.approve() ? CaseVerdict.APPROVED : CaseVerdict.REJECTED;
        rows.resolve(order.caseId(), verdict.name(), resolution.note(), resolution.resolver());
        return verdict;
    }

    @Override
    public void withdraw(String actor) {}

    @Override
    public CaseState state() {
        return new CaseState(order.caseId(), order.paymentId(), verdict);
    }
}
