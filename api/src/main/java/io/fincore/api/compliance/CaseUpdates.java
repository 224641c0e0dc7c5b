package io.fincore.api.compliance;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.api.temporal.UpdateCalls;
import io.fincore.api.temporal.UpdateOutcome;
import io.fincore.workflows.compliance.CaseAssignment;
import io.fincore.workflows.compliance.CaseNote;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.compliance.CaseVerdict;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import org.springframework.stereotype.Component;

/** Hands what officers do to the case's workflow, the one arbiter. A repetition under the same id gets the first outcome. */
@Component
class CaseUpdates {

    private final UpdateCalls updates;

    CaseUpdates(UpdateCalls updates) {
        this.updates = updates;
    }

    /** @throws ProblemException 403 of the caller's own payment, 409 decided before */
    void resolve(Caller caller, String caseId, ResolutionRequest request, String updateId) {
        update(
                caseId,
                "resolve",
                updateId,
                CaseVerdict.class,
                new CaseResolution(
                        caller.principal(), request.decision() == ResolutionRequest.Decision.APPROVE, request.note()),
                "You ordered this payment: someone else has to decide.");
    }

    /** @throws ProblemException 403 if the assignee ordered the payment, 409 decided before */
    void assign(Caller caller, String caseId, AssignmentRequest request, String assignmentId) {
        update(
                caseId,
                "assign",
                assignmentId,
                Void.class,
                new CaseAssignment(assignmentId, request.assignee(), caller.principal()),
                "The assignee ordered this payment: someone else has to decide.");
    }

    /** @throws ProblemException 409 decided before */
    void addNote(Caller caller, String caseId, NoteRequest request, String noteId) {
        update(
                caseId,
                "addNote",
                noteId,
                Void.class,
                new CaseNote(noteId, caller.principal(), request.text()),
                "You ordered this payment: someone else has to look into it.");
    }

    private <R> void update(
            String caseId, String name, String updateId, Class<R> result, Object argument, String ofCreator) {
        switch (updates.update(ComplianceCaseWorkflow.workflowId(caseId), name, updateId, result, argument)) {
            case UpdateOutcome.Done<R> done -> {}
            case UpdateOutcome.Refused<R> refused -> throw refused(refused, ofCreator);
            case UpdateOutcome.WorkflowGone<R> gone -> throw alreadyResolved();
        }
    }

    private static ProblemException refused(UpdateOutcome.Refused<?> refused, String ofCreator) {
        return switch (refused.failureType()) {
            case "CASE_ALREADY_RESOLVED" -> alreadyResolved();
            case "CASE_RESOLVER_IS_CREATOR" -> new ProblemException(ProblemType.CASE_RESOLVER_IS_CREATOR, ofCreator);
            default -> throw new IllegalStateException("the case refused: " + refused);
        };
    }

    private static ProblemException alreadyResolved() {
        return new ProblemException(ProblemType.CASE_ALREADY_RESOLVED, "The case has been decided before.");
    }
}
