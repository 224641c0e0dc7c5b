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
import java.time.Duration;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Hands what officers do to the case's workflow, the one arbiter. A repetition under the same id gets the first outcome. */
@Component
class CaseUpdates {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final UpdateCalls updates;
    private final CaseReader cases;

    CaseUpdates(UpdateCalls updates, CaseReader cases) {
        this.updates = updates;
        this.cases = cases;
    }

    /** @throws ProblemException 403 of the caller's own payment, 409 decided otherwise before, 503 not there yet */
    void resolve(Caller caller, String caseId, ResolutionRequest request, String updateId) {
        update(
                caller,
                caseId,
                "resolve",
                updateId,
                CaseVerdict.class,
                new CaseResolution(
                        caller.principal(), request.decision() == ResolutionRequest.Decision.APPROVE, request.note()),
                "You ordered this payment: someone else has to decide.",
                before -> isThatOf(before, caller, request));
    }

    /** Whether what was decided is what this request asks for: its answer got lost, and the workflow has ended since. */
    static boolean isThatOf(CaseBody decided, Caller caller, ResolutionRequest request) {
        String verdict = request.decision() == ResolutionRequest.Decision.APPROVE ? "approved" : "rejected";
        return verdict.equals(decided.verdict())
                && caller.principal().equals(decided.resolvedBy())
                && request.note().equals(decided.note());
    }

    /** @throws ProblemException 403 if the assignee ordered the payment, 409 decided before, 503 not there yet */
    void assign(Caller caller, String caseId, AssignmentRequest request, String assignmentId) {
        update(
                caller,
                caseId,
                "assign",
                assignmentId,
                Void.class,
                new CaseAssignment(assignmentId, request.assignee(), caller.principal()),
                "The assignee ordered this payment: someone else has to decide.",
                before -> request.assignee().equals(before.assignee()));
    }

    /** @throws ProblemException 409 decided before, 503 not there yet */
    void addNote(Caller caller, String caseId, NoteRequest request, String noteId) {
        update(
                caller,
                caseId,
                "addNote",
                noteId,
                Void.class,
                new CaseNote(noteId, caller.principal(), request.text()),
                "You ordered this payment: someone else has to look into it.",
                before -> before.notes().stream().anyMatch(note -> note.id().equals(noteId)));
    }

    /** @param isDone whether the case, which has no workflow any more, shows that this was done */
    private <R> void update(
            Caller caller,
            String caseId,
            String name,
            String updateId,
            Class<R> result,
            Object argument,
            String ofCreator,
            Predicate<CaseBody> isDone) {
        switch (updates.update(ComplianceCaseWorkflow.workflowId(caseId), name, updateId, result, argument)) {
            case UpdateOutcome.Done<R> done -> {}
            case UpdateOutcome.Refused<R> refused -> throw refused(refused, ofCreator);
            case UpdateOutcome.WorkflowGone<R> gone -> {
                CaseBody now = cases.find(caller, caseId).orElseThrow();
                if (now.status().equals("open")) {
                    // Its row is written by the payment, a moment before its workflow starts.
                    throw new ProblemException(
                            ProblemType.WORKFLOW_ENGINE_UNAVAILABLE, "The case is just being opened.", SOON);
                }
                if (!isDone.test(now)) {
                    throw alreadyResolved();
                }
            }
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
