package io.fincore.api.compliance;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.api.temporal.UpdateCalls;
import io.fincore.api.temporal.UpdateOutcome;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Hands an officer's decision to the case's workflow, the one arbiter. */
@Component
class CaseResolver {

    private final UpdateCalls updates;
    private final CaseReader cases;
    private final Answers answers;

    CaseResolver(UpdateCalls updates, CaseReader cases, Answers answers) {
        this.updates = updates;
        this.cases = cases;
        this.answers = answers;
    }

    /** @param updateId a repetition with the same id gets the first outcome */
    Answer resolve(Caller caller, String caseId, ResolutionRequest request, String updateId) {
        return switch (updates.update(
                ComplianceCaseWorkflow.workflowId(caseId),
                "resolve",
                updateId,
                CaseVerdict.class,
                new CaseResolution(
                        caller.principal(),
                        request.decision() == ResolutionRequest.Decision.APPROVE,
                        request.note()))) {
            case UpdateOutcome.Done<CaseVerdict> done ->
                answers.json(
                        HttpStatus.ACCEPTED,
                        CaseController.PATH + "/" + caseId,
                        cases.find(caller, caseId).orElseThrow(CaseController::notFound));
            case UpdateOutcome.Refused<CaseVerdict> refused -> throw refused(refused.failureType());
            case UpdateOutcome.WorkflowGone<CaseVerdict> gone -> throw alreadyResolved();
        };
    }

    private static ProblemException refused(String failureType) {
        return switch (failureType) {
            case "CASE_ALREADY_RESOLVED" -> alreadyResolved();
            case "CASE_RESOLVER_IS_CREATOR" ->
                new ProblemException(
                        ProblemType.CASE_RESOLVER_IS_CREATOR, "You ordered this payment: someone else has to decide.");
            default -> throw new IllegalStateException("the case refused with an unknown failure " + failureType);
        };
    }

    private static ProblemException alreadyResolved() {
        return new ProblemException(ProblemType.CASE_ALREADY_RESOLVED, "The case has been decided before.");
    }
}
